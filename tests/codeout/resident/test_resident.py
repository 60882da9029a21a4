"""A server that stays: which commands use it, and when it ends."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.processes import alive, gone, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.codeout.resident.conftest import Project


def test_later_commands_use_it_until_it_is_stopped(project: Project) -> None:
    server = project.warm()
    keeper = project.keeper(server)
    assert project.server() == server
    assert project.codeout("check", "who.md").startswith("pages: 1 true")
    assert project.codeout("warm") == "warm already: heavy\n"
    assert project.codeout("warm", "--stop") == "1 server ended\n"
    assert project.server() != server
    assert gone(keeper)
    assert gone(server)
    assert project.sockets() == []
    assert project.codeout("warm", "--stop") == "nothing is warm here\n"


def test_sockets_are_private(project: Project) -> None:
    project.warm()
    (place,) = (each for each in project.folder.root.glob(".cache/warm-*/*"))
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_pages_of_two_commands_at_once(project: Project) -> None:
    server = project.warm()
    for name in ("a.md", "b.md"):
        project.folder.page(name, ("import heavy, time\ntime.sleep(1)\nheavy.LOADED_BY", ""))
    both = [project.start("check", name) for name in ("a.md", "b.md")]
    told = [process.communicate()[0] for process in both]
    assert all(str(server) in each for each in told), told


def test_two_that_start_at_once_are_one(project: Project) -> None:
    both = [project.start("warm") for _ in range(2)]
    told = sorted(process.communicate()[0] for process in both)
    assert told == ["warm already: heavy\n", "warm: heavy\n"]


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [("heavy.py", "WEIGHT = 2\nLOADED_BY = 'new'\n", "new"), ("heavy.txt", "light", "light")],
)
def test_a_file_of_its_modules_that_changes(
    project_with_lib: Project, name: str, text: str, shown: str
) -> None:
    project = project_with_lib
    keeper = project.keeper(project.warm())
    code = "import heavy\nprint(heavy.LOADED_BY, getattr(heavy, 'DATA', ''))"
    project.folder.page("shown.md", (code, ""))
    project.folder.write(f"lib/{name}", text)
    project.codeout("run", "shown.md")
    assert shown in project.folder.read("shown.md").split("Out")[1]
    assert gone(keeper)
    assert project.sockets() == []


def test_a_module_that_comes_before_its_own(project_with_lib: Project) -> None:
    project = project_with_lib
    keeper = project.keeper(project.warm())
    project.folder.write("lib/heavy/__init__.py", "LOADED_BY = 7")
    assert project.server() == 7
    assert gone(keeper)


def test_other_settings(project: Project) -> None:
    server = project.warm()
    text = project.folder.read("pyproject.toml")
    project.folder.write("pyproject.toml", text + "environment = { A = '1' }\n")
    assert project.server() != server
    assert gone(server), "it finds by itself that nobody wants it"


@pytest.mark.parametrize(
    "more", [{"OMP_STACKSIZE": "1M"}, {"HOME": "/"}, {"PYTHONHASHSEED": "1", "A": "b"}]
)
def test_another_environment(project: Project, more: dict[str, str]) -> None:
    server = project.warm()
    assert project.server(**more) != server
    other = project.warm(**more)
    assert other != server
    assert project.server() == server, "each environment has its own"
    assert project.server(**more) == other
    assert project.codeout("warm", "--stop") == "2 servers ended\n"


def test_another_terminal(project: Project) -> None:
    server = project.warm()
    assert project.server(SHLVL="7", WINDOWID="8", TERM="dumb") == server


def test_another_folder_or_mask(project: Project) -> None:
    server = project.warm()
    code = project.folder.root
    for script in ("umask 0", "ulimit -n 100", "cd .cache"):
        told = project.codeout("check", "who.md")
        assert "1 true" in told
        shell = f"{script}; exec $CODEOUT check {code}/who.md"
        assert run_in_shell(project, shell).count(f"-loaded by {server}") == 1, script


def run_in_shell(project: Project, script: str) -> str:
    """Run a script in which ``$CODEOUT`` is the program; returns what it printed."""
    environ = {**project.environ, "CODEOUT": f"{sys.executable} -m codeout"}
    done = subprocess.run(
        ["sh", "-c", script], env=environ, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_it_ends_when_nobody_comes(project: Project) -> None:
    assert project.codeout("warm", "--minutes", "0.03") == "warm: heavy\n"
    until = time.monotonic() + 60
    while project.sockets() and time.monotonic() < until:
        time.sleep(0.1)
    assert project.sockets() == []


def test_chance_is_not_kept(project_with_lib: Project) -> None:
    project = project_with_lib
    project.folder.write("lib/heavy.py", "import numpy.random\n")
    project.codeout("warm")
    project.folder.page("page.md", ("import numpy\nprint(numpy.random.rand())", ""))
    shown = set()
    for _ in range(2):
        project.codeout("run", "page.md")
        shown.add(project.folder.read("page.md"))
    assert len(shown) == 2


def test_nothing_is_left_of_its_processes(project: Project, tmp_path: Path) -> None:
    server = project.warm()
    keeper = project.keeper(server)
    processes = tree(keeper)
    project.codeout("warm", "--stop")
    assert all(map(gone, processes))
    assert not alive(server)
    assert not [*tmp_path.glob("codeout-*")]
