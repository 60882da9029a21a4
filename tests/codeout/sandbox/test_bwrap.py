"""The box shows the project and Python wherever they are, and neither home nor hidden files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from codeout.errors import ConfigError
from codeout.sandbox.bounds import bounds
from codeout.sandbox.bwrap import command, shows

from tests.codeout.sandbox.test_client import needs_bwrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.folder import Folder


def inside(root: Path, code: str) -> str:
    """What some Python prints in the box of a project."""
    code = f"import os; os.chdir({str(root)!r})\n{code}"
    words = [*command([], root, bounds()), sys.executable, "-c", code]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


SECRETS = (".env", "app/.env.local", ".git/config", "vendor/lib/.git/config", ".config/token")


@needs_bwrap
def test_what_is_hidden_in_the_project_is_not_there(folder: Folder) -> None:
    for name in (*SECRETS, "app/data.csv"):
        folder.write(name, "told")
    code = f"""
for name in {(*SECRETS, "app/data.csv")}:
    try:
        print(name, open(name).read())
    except OSError:
        pass
"""
    assert inside(folder.root, code) == "app/data.csv told"


@needs_bwrap
def test_there_may_be_more_hidden_files_than_bubblewrap_takes_words(folder: Folder) -> None:
    for number in range(4000):
        folder.write(f"docs/.{number}", "told")
    for name in ("docs/page.md", "docs/below/data.csv", "docs/below/.env"):
        folder.write(name, "text")
    (folder.root / "docs/link.md").symlink_to("page.md")
    code = """
for name in sorted(os.listdir("docs")):
    print(name, os.path.islink(f"docs/{name}"))
print(open("docs/link.md").read(), open("docs/below/data.csv").read())
try:
    open("docs/below/.env").read()
except OSError as error:
    print(error.strerror)
try:
    open("docs/new", "w")
except OSError as error:
    print(error.strerror)
"""
    assert inside(folder.root, code).splitlines() == [
        *("below False", "link.md True", "page.md False"),
        *("text text", "Permission denied", "Read-only file system"),
    ]


@needs_bwrap
def test_sockets_and_pipes_of_the_project_lead_nowhere(folder: Folder) -> None:
    """Read-only or not, somebody outside may listen there."""
    os.mkfifo(folder.root / "pipe")
    code = """
import os, socket
for act in (
    lambda: os.open("pipe", os.O_RDWR | os.O_NONBLOCK),
    lambda: socket.socket(socket.AF_UNIX).connect("socket"),
):
    try:
        print("reached", act())
    except OSError as error:
        print(error.strerror)
"""
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(folder.root)  # the path of a socket must be short
        listening.bind("socket")
        listening.listen()
        assert inside(folder.root, code) == "Permission denied\nConnection refused"


@needs_bwrap
def test_neither_is_what_lies_beside_modules_that_are_found_through_the_path(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a project is one folder of a repository that is installed for editing."""
    folder.write(".git/config", "told")
    folder.write("near.py", "x = 1")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder.root)])
    code = f"import os; print(os.path.exists({str(folder.root)!r} + '/near.py'),"
    code += f" os.listdir({str(folder.root)!r} + '/.git'))"
    folder.write("docs/page.md", "")
    assert inside(folder.root / "docs", code) == "True []"


@needs_bwrap
def test_the_machine_has_no_name_of_its_own(folder: Folder) -> None:
    assert inside(folder.root, "import os; print(os.uname().nodename)") == "codeout"


NOBODY = 65534
WRITABLE = """
import os
found = []
for top in ("/proc", "/sys"):
    for folder, folders, names in os.walk(top):
        if folder == "/proc":
            folders[:] = [name for name in folders if not name.isdigit()]
        for name in names:
            try:
                os.close(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_NONBLOCK))
                found.append(f"{folder}/{name}")
            except OSError:
                pass
print(found)
"""
"""Opens every file of the kernel for writing, and writes nothing."""


@needs_bwrap
def test_no_setting_of_the_kernel_can_be_written(folder: Folder) -> None:
    """Root in the box is root of the machine, and that is all that these files ask for."""
    assert inside(folder.root, WRITABLE) == "[]"


@needs_bwrap
@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can be somebody else"
)
def test_no_setting_of_the_kernel_can_be_written_by_an_ordinary_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody, who has no home, and may read what all may."""
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.setattr(sys, "path", [])
    for name in ("prefix", "base_prefix"):
        monkeypatch.setattr(sys, name, "/usr")
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    with TemporaryDirectory() as project:  # that of a test is for its user alone
        Path(project).chmod(0o755)
        words = [*command([], Path(project), bounds()), "/usr/bin/python3", "-c", WRITABLE]
        ran = subprocess.run([*user, *words], check=False, capture_output=True, text=True, cwd="/")
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


@needs_bwrap
def test_a_folder_that_cannot_be_listed_is_hidden(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may hold hidden files, whose names a page can guess."""
    folder.write("closed/.env", "told")
    walk = os.walk

    def refuse(tree: str, onerror: Callable[[OSError], None]) -> Iterator[Any]:
        for above, names, files in walk(tree):
            if above.endswith("closed"):
                onerror(PermissionError(13, "Permission denied", above))
            else:
                yield above, names, files

    monkeypatch.setattr(os, "walk", refuse)
    code = f"import os; print(os.path.exists({str(folder.root / 'closed/.env')!r}))"
    assert inside(folder.root, code) == "False"


@needs_bwrap
def test_a_project_behind_a_link(folder: Folder) -> None:
    real, link = folder.write("real/project/data.csv", "told").parents[1], folder.root / "link"
    link.symlink_to(real)
    code = "import os; print(open('data.csv').read(), os.getcwd())"
    assert inside(link / "project", code) == f"told {real}/project"
    code = f"print(open({str(link / 'project' / 'data.csv')!r}).read())"
    assert inside(link / "project", code) == "told"


@needs_bwrap
@pytest.mark.parametrize("name", [".venv", "venv"])
def test_python_behind_a_link_in_the_project(
    name: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.root / name).symlink_to(sys.prefix)
    monkeypatch.setattr(sys, "prefix", str(folder.root / name))
    monkeypatch.setattr(sys, "executable", f"{folder.root}/{name}/bin/python")
    assert inside(folder.root, "import IPython; print(1)") == "1"


@needs_bwrap
def test_links_that_lead_out_of_the_project_lead_nowhere(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret").write_text("told", encoding="utf-8")
    (folder.root / "link").symlink_to(elsewhere)
    assert inside(folder.root, "import os; print(os.path.exists('link/secret'))") == "False"


@pytest.mark.parametrize("above", ["", "."])
def test_a_project_that_is_the_home_is_refused(
    above: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder.write(f"{above or 'me'}/data", "").parent))
    with pytest.raises(ConfigError, match="would show pages your home"):
        command([], folder.root, bounds())


def test_an_environment_that_is_the_home_is_refused(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.root / "home").mkdir()
    monkeypatch.setenv("HOME", str(folder.root / "home"))
    monkeypatch.setattr(sys, "prefix", str(folder.root / "home"))
    (folder.root / "project").mkdir()
    with pytest.raises(ConfigError, match="would show pages your home"):
        command([], folder.root / "project", bounds())


@needs_bwrap
@pytest.mark.parametrize("home", ["/", "", None])
def test_a_user_without_a_home(
    home: str | None, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    if home is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home)
    assert inside(folder.root, "import codeout; print(1)") == "1"


def test_files_that_it_shows(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.touch()
    (folder.root / "link").symlink_to(secret)
    seen = folder.write(".hidden/project/data/a.csv", "")
    root = seen.parents[1]
    assert shows(seen, root), "only below the project does a dot hide"
    assert not shows(folder.write(".hidden/project/.env", ""), root)
    assert not shows(folder.write(".hidden/project/.git/config", ""), root)
    assert not shows(root / ".." / "other", root)
    assert not shows(folder.root / "link", folder.root)
    assert not shows(secret, root)
    assert os.path.lexists(folder.root / "link")
