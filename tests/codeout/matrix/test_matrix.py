"""``codeout matrix``: pages in real environments, which uv makes of packages from the index."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from codeout.fs.flock import exclusive

from tests.codeout.cli.test_main import codeout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.folder import Folder

SETTINGS = """
[tool.codeout]
pages = ["docs"]

[[tool.codeout.matrix]]
name = "old"
requirements = ["-r old.txt"]

[[tool.codeout.matrix]]
name = "new"
requirements = ["iniconfig==2.1.0"]

[[tool.codeout.matrix]]
name = "never"
requirements = ["iniconfig==0.0.1"]
"""
VERSION = "import importlib.metadata\nprint(importlib.metadata.version('iniconfig'))"
OLDER = "from importlib.metadata import version\nassert version('iniconfig') != '2.0.0', 'too old'"


@pytest.fixture
def project(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Pages of which one holds anywhere, one shows a version, and one asks for a newer one."""
    monkeypatch.setenv("CODEOUT_CACHE", str(folder.root / "cache"))
    folder.write("pyproject.toml", SETTINGS)
    folder.write("old.txt", "iniconfig==2.0.0\n")
    folder.page("docs/any.md", ("print(1)", "1"))
    folder.page("docs/fails.md", (OLDER, ""))
    folder.page("docs/shows.md", (VERSION, ""))
    assert codeout("run").exit_code == 0
    return folder


def environments(folder: Folder) -> list[Path]:
    """What is left of the environments."""
    return [*(folder.root / "cache/matrix").iterdir()]


def test_each_page_is_checked_in_each_environment(project: Folder) -> None:
    done = codeout("matrix", "--exit-code")
    here = project.read("docs/shows.md").partition('=== "Out"')[2].split()[1]
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "page           old      new                    never",
        "docs/any.md    true     true                   not installable",
        "docs/fails.md  fails    ran, nothing compared  not installable",
        "docs/shows.md  differs  differs                not installable",
    ]
    assert "old: docs/fails.md:5: raised AssertionError: too old" in lines
    assert f"old: docs/shows.md:10: {here} → 2.0.0" in lines
    assert lines[-1].startswith("never: not installable: No solution found")
    assert "iniconfig==0.0.1" in lines[-1]
    assert done.exit_code == 1
    assert environments(project) == []

    lock = project.read("codeout.lock")
    assert lock.count('matrix."old"') == lock.count('matrix."never"') == 3
    assert codeout("status", "--exit-code").exit_code == 0, "the pages are as fresh as before"
    assert codeout("run", "docs/any.md").exit_code == 0
    assert project.read("codeout.lock") == lock, "what did not change keeps its results"
    project.write("docs/any.md", project.read("docs/any.md").replace("1", "2"))
    assert codeout("run").exit_code == 0
    assert project.read("codeout.lock").count('matrix."old"') == 2, "what changed has none"


def test_a_stale_page_is_checked_but_not_recorded(project: Folder) -> None:
    project.page("docs/new.md", ("print(2)", "2"))
    done = codeout("matrix", "docs/new.md", "--only", "new", "--keep", "--json")
    assert done.exit_code == 0
    assert done.stderr == "docs/new.md: stale, so nothing is recorded of it\n"
    ((_, tested),) = pages(done.stdout, "new").items()
    assert tested["result"] == "true"
    assert tested["python"] == platform.python_version()
    assert "matrix" not in project.read("codeout.lock")
    (kept,) = environments(project)
    before = (kept / "ready").stat().st_mtime_ns
    codeout("matrix", "docs/new.md", "--only", "new", "--keep")
    assert (kept / "ready").stat().st_mtime_ns == before, "a kept environment is used again"


def pages(told: str, name: str) -> Mapping[str, Any]:
    (column,) = (column for column in json.loads(told) if column["name"] == name)
    found: Mapping[str, Any] = column["pages"]
    return found


def test_a_second_matrix_waits_for_the_first(project: Folder) -> None:
    above = project.root / "cache/matrix"
    above.mkdir(parents=True)
    waited: list[Path] = []
    with exclusive(above, waited.append):
        second = subprocess.Popen(
            [sys.executable, "-m", "codeout", "matrix", "--only", "never"],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr
        assert second.stderr.readline() == (
            "another matrix is at work in cache/matrix; waiting for its end\n"
        )
    told, _ = second.communicate(timeout=120)
    assert "docs/any.md    not installable" in told


def test_an_output_of_an_environment_is_kept_as_that_of_a_range(project: Folder) -> None:
    before = project.read("docs/shows.md")
    words = ("matrix", "docs/any.md", "docs/shows.md", "--only", "old")
    done = codeout(*words, "--write", "iniconfig<2.1")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1:] == ["docs/any.md    true", "docs/shows.md  true"]
    kept = "\n    <!-- codeout: out iniconfig<2.1 -->\n    ```\n    2.0.0\n    ```\n"
    assert project.read("docs/shows.md") == before + kept
    assert codeout("status", "--exit-code").exit_code == 0, "its own output is as it was"
    lock = project.read("codeout.lock")
    assert lock.count('matrix."old"') == 2

    assert codeout(*words, "--write", "iniconfig<2.1").exit_code == 0
    assert project.read("docs/shows.md") == before + kept
    assert codeout("run", "--all").exit_code == 0
    assert project.read("docs/shows.md") == before + kept, "a run leaves the others alone"
    assert project.read("codeout.lock") == lock

    project.write("docs/shows.md", before + kept.replace("2.0.0", "2.0.9"))
    assert codeout("status", "--exit-code").exit_code == 1, "what nobody verified is stale"
    assert codeout("run").exit_code == 0
    assert 'matrix."old"' not in project.read("codeout.lock").partition("docs/shows")[2]
    told = codeout(*words, "--exit-code")
    assert "old: docs/shows.md:15: 2.0.9 → 2.0.0" in told.stdout
    assert codeout(*words, "--write", "iniconfig<2.1").exit_code == 0
    assert project.read("docs/shows.md") == before + kept, "it has a place already"


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        ("iniconfig<2", "does not hold iniconfig 2.0.0, which is in old"),
        ("pytest<1", "is of no package in old"),
    ],
)
def test_a_range_without_what_is_there_is_refused(
    project: Folder, versions: str, told: str
) -> None:
    before = project.read("docs/shows.md")
    done = codeout("matrix", "docs/shows.md", "--only", "old", "--write", versions)
    assert done.exit_code == 2
    assert f"--write: {versions} {told}\n" in done.stderr
    assert project.read("docs/shows.md") == before


def test_what_cannot_be_kept_is_told(project: Folder) -> None:
    project.write(
        "docs/typed.md", f"```pycon\n>>> {VERSION.replace(chr(10), chr(10) + '>>> ')}\n0\n```\n"
    )
    assert codeout("run", "docs/typed.md").exit_code == 0
    before = project.read("docs/typed.md")
    words = ("matrix", "--only", "old", "--write", "iniconfig<2.1")
    done = codeout(*words, "docs/typed.md")
    assert done.exit_code == 1
    assert (
        "docs/typed.md:4: an output that differs there, and is in no tab or fence\n"
        "  hint: move it to a tab or a fence: only there can outputs differ by version\n"
    ) in done.stdout
    assert project.read("docs/typed.md") == before
    project.write("docs/shows.md", project.read("docs/shows.md").replace("print(", "print( "))
    done = codeout(*words, "docs/shows.md")
    assert done.exit_code == 1
    assert (
        "docs/shows.md: is stale, so nothing is kept on it\n  hint: run it first\n" in done.stdout
    )
