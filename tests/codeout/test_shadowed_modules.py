"""Modules of a project that are named like ours, or Python's: ``codeout`` imports none of them."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder

PROGRAM = str(Path(sys.executable).with_name("codeout"))
MODULE = [sys.executable, "-m", "codeout"]
MARK = """\
with open({mark!r}, "a") as mark:
    mark.write(__name__ + "\\n")
raise ImportError("of the project")
"""
LOADED_BY_PYTHON = "import runpy, sys; print(*sys.modules)"
"""What ``python -m`` loads before it comes to us, also from the current folder."""


@pytest.fixture
def project(folder: Folder) -> Folder:
    """A project whose modules leave a mark when they are imported."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['page.md']\n")
    folder.page("page.md", ("import json; json.dumps(1)", "'1'"))
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED_BY_PYTHON], capture_output=True, text=True, check=True
    ).stdout.split()
    known = {*sys.stdlib_module_names, *packages_distributions()}
    marking = MARK.format(mark=str(folder.root / "mark"))
    for name in known - {*loaded, *sys.builtin_module_names, "codeout", "bitext"}:
        folder.write(f"{name}.py", marking)
    return folder


def ran(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("program", [[PROGRAM], MODULE], ids=["script", "module"])
@pytest.mark.parametrize(
    "words", ["status", "check", "run", "export page.md --to ipynb -o -", "stability page.md -n 2"]
)
def test_no_module_of_the_project_is_imported(
    program: list[str], words: str, project: Folder
) -> None:
    done = ran([*program, *words.split()], project.root)
    assert (done.returncode, done.stderr) == (0, "") or "never ran" in done.stderr
    assert not (project.root / "mark").exists()


def test_a_page_imports_what_is_on_the_path_of_python(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['page.md']\n")
    folder.write("neighbour.py", "VALUE = 42\n")
    folder.write("page.md", tabs("import neighbour; neighbour.VALUE", "42"))
    path = os.pathsep.join([*os.environ.get("PYTHONPATH", "").split(os.pathsep), str(folder.root)])
    monkeypatch.setenv("PYTHONPATH", path)
    for program in ([PROGRAM], MODULE):
        done = ran([*program, "check"], folder.root)
        assert (done.returncode, done.stderr) == (0, ""), done
