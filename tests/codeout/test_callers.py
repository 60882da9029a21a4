"""Who calls changes nothing on a page: neither options of Python, nor files in the home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.folder import Folder

CODE = """\
import sys
import matplotlib

def documented():
    "Kept with -OO, too."

print(__debug__, sys.flags.optimize, sys.flags.dev_mode, sys.warnoptions, documented.__doc__)
print(matplotlib.rcParams["axes.grid"], "started" in globals(), "configured" in globals())
"all values of a block"
"the last value of a block"
"""
PRINTED = """\
True 0 False [] Kept with -OO, too.
False False False
'the last value of a block'"""
HOME = {
    ".config/matplotlib/matplotlibrc": "axes.grid: True",
    ".matplotlib/matplotlibrc": "axes.grid: True",
    ".ipython/profile_default/startup/first.py": "started = True",
    ".ipython/profile_default/ipython_config.py": (
        "c.InteractiveShell.ast_node_interactivity = 'all'\n"
        "c.InteractiveShellApp.exec_lines = ['configured = True']"
    ),
}
CALLERS = {
    "-O": ["-O"],
    "-OO and more": ["-OO", "-X", "dev", "-W", "error::DeprecationWarning"],
}


@pytest.mark.parametrize("options", CALLERS.values(), ids=CALLERS)
def test_a_page_is_the_same_for_each_caller(options: list[str], folder: Folder) -> None:
    page = folder.page("page.md", (CODE, ""))
    command = [sys.executable, *options, "-m", "codeout", "run", "page.md"]
    call(command, fill_home(folder))
    printed = page.read_text(encoding="utf-8").split('"Out"')[1]
    assert [line.strip() for line in printed.splitlines()[3:6]] == PRINTED.split("\n")


def test_the_home_of_this_test_is_one_that_would_change_a_page(folder: Folder) -> None:
    shown = call([sys.executable, "-m", "IPython", "-c", CODE], fill_home(folder))
    assert "True True True" in shown
    assert "'all values of a block'" in shown


@pytest.mark.parametrize("command", ["codeout", "python -m codeout"])
@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
def test_python_does_not_stay_after_a_command(command: str, terminal: bool, folder: Folder) -> None:
    page = folder.page("page.md", (CODE, ""))
    ours, theirs = os.openpty() if terminal else os.pipe()
    python = Path(sys.executable)
    first = [python, "-m", "codeout"] if " " in command else [python.with_name("codeout")]
    done = subprocess.run(
        [*first, "check", str(page)],
        env={**fill_home(folder), "PYTHONINSPECT": "1"},
        stdin=theirs if terminal else ours,
        stderr=subprocess.PIPE,
        check=False,
        timeout=600,
    )
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (1, b"")


def fill_home(folder: Folder) -> dict[str, str]:
    """Make a home with settings, and an environment that has it."""
    for name, text in HOME.items():
        folder.write(f"home/{name}", text)
    others = {"IPYTHONDIR", "MATPLOTLIBRC", "MPLCONFIGDIR", "XDG_CONFIG_HOME"}
    environment = {name: value for name, value in os.environ.items() if name not in others}
    return environment | {"HOME": str(folder.root / "home")}


def call(command: list[str], environment: dict[str, str]) -> str:
    """Run a command; what it prints."""
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout
