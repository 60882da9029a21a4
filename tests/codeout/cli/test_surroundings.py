"""Where a command starts in odd surroundings: one line, the right status, and no traceback."""

from __future__ import annotations

import os
import shutil
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


@pytest.mark.parametrize("name", ["page.md", "codeout.lock", "pyproject.toml"])
def test_a_pipe_in_the_place_of_a_file_is_no_wait(name: str, project: Folder) -> None:
    (project.root / name).unlink(missing_ok=True)
    os.mkfifo(project.root / name)
    ran = shell("codeout status", project.root)
    assert "Traceback" not in ran.stderr
    assert name in ran.stdout + ran.stderr or name == "pyproject.toml"


@pytest.mark.parametrize("name", ["codeout.lock", "page.md", "pyproject.toml"])
def test_a_link_to_itself_is_told(name: str, project: Folder) -> None:
    (project.root / name).unlink(missing_ok=True)
    (project.root / name).symlink_to(project.root / name)
    for command in READING:
        assert "Traceback" not in shell(f"codeout {command}", project.root).stderr


def test_a_folder_that_cannot_be_listed_is_told(project: Folder) -> None:
    """By anybody but root, whom no mode stops."""
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root can list every folder")
    project.page("sub/q.md", ("1 + 1", "3"))
    project.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    (project.root / "sub").chmod(0)
    weak = "setpriv --bounding-set -all --inh-caps -all " if os.geteuid() == 0 else ""
    try:
        ran = shell(f"{weak}codeout check", project.root)
    finally:
        (project.root / "sub").chmod(0o755)
    if os.geteuid() == 0 and "1 differ" in ran.stdout:
        pytest.skip("root keeps its capabilities here")
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
