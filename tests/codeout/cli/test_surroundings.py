"""Where a command starts in odd surroundings: one line, the right status, and no traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
COMMANDS = ("run", "check", "status", "fetch", "export --to py page.md", "stability page.md")
READING = ("run", "check", "status")


@pytest.fixture
def project(folder: Folder) -> Folder:
    """A project with a page that has not run."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['page.md']\n")
    folder.page("page.md", ("1 + 1", "3"))
    return folder


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, in which ``codeout`` is ours."""
    return subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env={**os.environ, **environment, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_output_is_closed(command: str, project: Folder) -> None:
    ran = shell(f"codeout {command} >&-", project.root)
    assert ran.stderr == (
        "codeout: standard output is closed\n  hint: let it go to a file, or to /dev/null\n"
    )
    assert ran.returncode == 2
    assert project.read("page.md") == tabs("1 + 1", "3"), "nothing was done"


@pytest.mark.parametrize("command", [*READING, "--help", "--version"])
def test_standard_output_is_full(command: str, project: Folder) -> None:
    ran = shell(f"codeout {command} > /dev/full", project.root)
    assert ran.stderr == "codeout: standard output: No space left on device\n"
    assert ran.returncode == 2


@pytest.mark.parametrize("command", READING)
def test_standard_error_and_input_are_closed(command: str, project: Folder) -> None:
    ran = shell(f"codeout {command} 2>&- <&-", project.root)
    assert "page" in ran.stdout
    assert ran.returncode in {0, 1}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_current_folder_is_gone(command: str, project: Folder) -> None:
    gone = project.root / "gone"
    gone.mkdir()
    ran = shell(f'rmdir "$PWD" && codeout {command}', gone)
    told = "codeout: the current folder is gone\n  hint: change into one that is there\n"
    assert (ran.returncode, ran.stderr[-len(told) :]) == (2, told)


def test_the_folder_for_temporary_files_has_a_long_name(project: Folder) -> None:
    folder = project.root / ("x" * 110)
    folder.mkdir()
    ran = shell("codeout run", project.root, TMPDIR=str(folder))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "1 written" in ran.stdout


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("most", [8, 12, 20, 32])
def test_few_files_may_be_open(command: str, most: int, project: Folder) -> None:
    ran = shell(f"ulimit -n {most} && codeout {command}", project.root)
    assert "Traceback" not in ran.stderr or "ImportError" in ran.stderr or most < 20
    if most >= 32:
        assert ran.returncode in {0, 1}


@pytest.mark.parametrize("name", ["pyproject.toml", "codeout.lock"])
def test_a_byte_order_mark_is_told(name: str, project: Folder) -> None:
    shell("codeout run", project.root)
    project.write(name, f"\ufeff{project.read(name)}")
    ran = shell("codeout status", project.root)
    assert ran.stderr == (
        f"codeout: {name}:1: begins with a byte order mark, which TOML has not\n"
        "  hint: save the file as UTF-8 without one\n"
    )
    assert ran.returncode == 2


KINDS = {
    "link": lambda file: file.symlink_to(file),
    "link to nothing": lambda file: file.symlink_to(file.with_name("nothing")),
    "folder": lambda file: file.mkdir(),
    "pipe": os.mkfifo,
    "mode": lambda file: file.write_text(""),
}
HINT = "  hint: it has to be a file that you may read\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["codeout.lock", "pyproject.toml"])
def test_what_cannot_be_read_is_not_taken_for_missing(
    name: str, kind: str, project: Folder
) -> None:
    replace(project.root / name, kind)
    ran = shell(f"{as_user()}codeout status", project.root)
    assert re.fullmatch(rf"codeout: {name}: cannot be read: [\w ]+\n{HINT}", ran.stderr)
    assert (ran.returncode, ran.stdout) == (2, "")


@pytest.mark.parametrize("command", [*COMMANDS, "lock resolve", "watch", "init", "adopt"])
@pytest.mark.parametrize("name", ["codeout.lock", "pyproject.toml"])
def test_every_command_tells_what_cannot_be_read(name: str, command: str, project: Folder) -> None:
    if name == "codeout.lock" and command in {"init", "adopt"}:
        pytest.skip("it does not read the lock")
    replace(project.root / name, "link")
    ran = shell(f"codeout {command}", project.root)
    assert ran.stderr.startswith(f"codeout: {name}: cannot be read: Too many levels of ")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert project.read("page.md") == tabs("1 + 1", "3")


def replace(file: Path, kind: str) -> None:
    file.unlink(missing_ok=True)
    KINDS[kind](file)
    if kind == "mode":
        file.chmod(0)


def as_user() -> str:
    """Words before a command that take root's right to read everything."""
    if os.geteuid() != 0:
        return ""
    return "setpriv --bounding-set -all --inh-caps -all "


@pytest.mark.parametrize("pages", ["page.md", "."])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "folder"])
def test_a_page_that_cannot_be_read_is_told(kind: str, pages: str, project: Folder) -> None:
    project.write("pyproject.toml", f"[tool.codeout]\npages = ['{pages}']\n")
    replace(project.root / "page.md", kind)
    ran = shell(f"{as_user()}codeout check", project.root)
    assert re.match(
        r"(codeout: )?page\.md: (cannot be read: |neither a file nor )", ran.stderr or ran.stdout
    )
    assert ran.returncode in {1, 2}


@pytest.mark.parametrize("pages", [".", "*.md', '**/*.md", "*/*.md", "**"])
def test_a_folder_that_cannot_be_listed_is_told(pages: str, project: Folder) -> None:
    """By anybody but root, whom no mode stops."""
    project.page("sub/q.md", ("1 + 1", "3"))
    project.write("pyproject.toml", f"[tool.codeout]\npages = ['{pages}']\n")
    (project.root / "sub").chmod(0)
    try:
        ran = shell(f"{as_user()}codeout check", project.root)
    finally:
        (project.root / "sub").chmod(0o755)
    assert ran.stderr.startswith("codeout: sub: cannot be read: Permission denied\n")
    assert ran.returncode == 2


def test_new_files_follow_the_umask(project: Folder) -> None:
    shell("umask 077 && codeout run", project.root)
    assert (project.root / "codeout.lock").stat().st_mode & 0o777 == 0o600


def test_a_page_keeps_its_owner(project: Folder) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(project.root / "page.md", 1234, 1234)
    shell("codeout run", project.root)
    found = (project.root / "page.md").stat()
    assert (found.st_uid, found.st_gid) == (1234, 1234)


def test_a_hard_link_that_is_cut_is_told(project: Folder) -> None:
    (project.root / "other.md").hardlink_to(project.root / "page.md")
    ran = shell("codeout run page.md", project.root)
    assert ran.stdout.startswith("page.md: the other names of page.md (hard links) keep what")
    assert ran.returncode == 0
    assert project.read("page.md") != project.read("other.md")
