"""Environments are checked side by side: programs stand in for uv, and for each environment."""

from __future__ import annotations

import os
import signal
import sys
import time
from textwrap import dedent
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from codeout.matrix import installing
from codeout.matrix.capacity import Capacity
from codeout.run.reasons import OUT_OF_MEMORY

from tests.codeout.cli.test_main import codeout
from tests.support.processes import gone

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

UV = """\
import pathlib, sys, time
folder = pathlib.Path.cwd()
if sys.argv[1] == "venv":
    python = pathlib.Path(sys.argv[4], "bin", "python")
    python.parent.mkdir(parents=True)
    python.write_text((folder / "python.txt").read_text())
    python.chmod(0o755)
else:
    made = pathlib.Path(sys.argv[4])
    made.with_name("name").write_text(sys.argv[5])
    if sys.argv[5] == "never":
        sys.exit("error: there is no such release")
    one = folder / "installing"
    one.touch(exist_ok=False)  # fails if another one is
    time.sleep(0.1)
    one.unlink()
"""
"""A uv whose environments have the program of the test for a Python."""

PYTHON = """\
import json, os, pathlib, sys, time
own = pathlib.Path(__file__)
name = own.with_name("name").read_text()
folder = pathlib.Path.cwd()
if sys.argv[1] == "-c":
    sys.exit(print(own.parent.parent / "lib"))

def end(**found):
    page = dict.fromkeys(["line", "block"], 0) | {"page": "page.md", "says": "", "python": ""}
    page |= {"result": "true", "versions": {}, "outputs": []}
    sys.exit(print(json.dumps([page | found])))

def wait_for(name):
    until = time.monotonic() + 30
    while not (folder / name).exists():
        if time.monotonic() > until:
            sys.exit(f"{name} never was there")
        time.sleep(0.01)
"""

ONE_AFTER_THE_OTHER = """
(folder / "checking").touch(exist_ok=False)
time.sleep(0.3)
(folder / "checking").unlink()
end()
"""


def project(folder: Folder, code: str, *names: str) -> None:
    """A project with some environments, in whose check some code runs."""
    folder.write("uv", f"#!{sys.executable}\n{UV}").chmod(0o755)
    folder.write("python.txt", f"#!{sys.executable}\n{PYTHON}{dedent(code)}")
    entries = [
        f'[[tool.codeout.matrix]]\nname = "{name}"\nrequirements = ["{name}"]\n' for name in names
    ]
    folder.write("pyproject.toml", "\n".join(['[tool.codeout]\npages = ["page.md"]\n', *entries]))
    folder.page("page.md", ("print(1)", "1"))
    assert codeout("run").exit_code == 0


@pytest.fixture(autouse=True)
def our_uv(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of the tests in the place of uv."""
    monkeypatch.setenv("CODEOUT_CACHE", str(folder.root / "cache"))
    monkeypatch.setattr(installing, "_program", lambda: str(folder.root / "uv"))


def left(folder: Folder) -> list[Path]:
    """What is left of the environments."""
    return [*(folder.root / "cache/matrix").iterdir()]


def test_they_are_checked_side_by_side_and_shown_in_order(folder: Folder) -> None:
    code = """
    (folder / f"{name}.here").touch()
    wait_for({"one": "two.done", "two": "one.here"}[name])
    (folder / f"{name}.done").touch()
    end()
    """
    project(folder, code, "one", "two")
    done = codeout("matrix", "--jobs", "2", "--exit-code")
    assert done.stdout == "page     one   two\npage.md  true  true\n"
    assert done.exit_code == 0
    assert left(folder) == []


def test_the_lock_is_the_same_as_after_one_after_the_other(folder: Folder) -> None:
    code = 'time.sleep({"one": 0.5}.get(name, 0))\nend(result="differs", line=9, says=name)'
    project(folder, code, "one", "two", "never", "three")
    before = folder.read("codeout.lock")
    locks = []
    for jobs in "1", "3":
        folder.write("codeout.lock", before)
        assert codeout("matrix", "--jobs", jobs).exit_code == 0
        locks.append(folder.read("codeout.lock"))
    assert locks[0] == locks[1]
    assert locks[0].count('result = "differs"') == 3


@pytest.mark.parametrize("why", ["one job", "no room", "the same packages"])
def test_they_are_checked_one_after_the_other(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    project(folder, ONE_AFTER_THE_OTHER, "one", "two", "three")
    if why == "no room":
        monkeypatch.setattr(Capacity, "for_another", lambda _: False)
    if why == "the same packages":
        settings = folder.read("pyproject.toml")
        for name in "two", "three":
            settings = settings.replace(f'requirements = ["{name}"]', 'requirements = ["one"]')
        folder.write("pyproject.toml", settings)
    done = codeout("matrix", "--jobs", "1" if why == "one job" else "3")
    assert done.stdout.splitlines()[1:] == ["page.md  true  true  true"]


def test_a_terminal_shows_how_many_are_done(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(folder, "end()", "never", "good")
    assert codeout("matrix", "--only", "never").stderr == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = codeout("matrix", "--only", "never")
    assert "environments" in done.stderr
    assert "environments" not in done.stdout


def test_one_that_fails_ends_no_other(folder: Folder) -> None:
    code = """
    if name == "lacks":
        print("codeout: pyproject.toml:2: the plugin units is not installed", file=sys.stderr)
        print("  hint: install it", file=sys.stderr)
        sys.exit(2)
    if name == "breaks":
        raise ImportError("no click")
    end()
    """
    project(folder, code, "never", "lacks", "breaks", "good")
    before = folder.read("codeout.lock")
    done = codeout("matrix", "--jobs", "2")
    assert done.stdout.splitlines() == [
        "page     never            lacks        breaks       good",
        "page.md  not installable  not checked  not checked  true",
        "never: not installable: there is no such release",
        "lacks: not checked: pyproject.toml:2: the plugin units is not installed",
        "breaks: not checked: the check ended with status 1: ImportError: no click",
    ]
    assert done.exit_code == 0
    assert codeout("matrix", "--only", "lacks", "--exit-code").exit_code == 1
    lock = folder.read("codeout.lock")
    assert [line.split(" = ")[0] for line in lock.splitlines() if line not in before] == [
        'matrix."good"',
        'matrix."never"',
    ], "what was not checked says nothing"
    assert left(folder) == []


def test_a_page_that_runs_out_of_memory_runs_again_alone(folder: Folder) -> None:
    code = """
    if not (folder / "late").exists():
        (folder / "one").touch()
        wait_for("late" if name == "two" else "one")
    if name == "two" and not (folder / "again").exists():
        (folder / "again").touch()
        end(result="fails", says=OUT_OF_MEMORY)
    (folder / "late").touch()
    end()
    """
    code = code.replace("OUT_OF_MEMORY", repr(OUT_OF_MEMORY.message))
    project(folder, code, "one", "two")
    done = codeout("matrix", "--jobs", "2")
    assert done.stdout.splitlines()[1:] == ["page.md  true  true"]
    assert (folder.root / "again").exists()
    (folder.root / "again").unlink()
    done = codeout("matrix", "--jobs", "1")
    assert done.stdout.splitlines()[1] == "page.md  true  fails"
    assert left(folder) == []


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_all(folder: Folder) -> None:
    code = """
    (folder / f"{name}.pid").write_text(f"{os.getpid()}\\n")
    time.sleep(99)
    """
    project(folder, code, "one", "two")
    files = [folder.root / "one.pid", folder.root / "two.pid"]

    def end_it() -> None:
        while not all(file.exists() and file.read_text().endswith("\n") for file in files):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    ender = Thread(target=end_it)
    ender.start()
    done = codeout("matrix", "--jobs", "2")
    ender.join()
    assert (done.exit_code, done.output) == (130, "stopped\n")
    assert all(gone(int(file.read_text())) for file in files)
    assert left(folder) == []
