"""Golden cases: what ``codeout run`` makes of a page, and what it tells.

``cases/`` is a codeout project of its own, with a folder a case:

- ``page.md`` or ``page.ipynb``: the page before the run, and beside it what it needs.
- ``expected.md`` or ``expected.ipynb``: the page after the run; absent where it stays as it is.
- ``expected.txt``: the problems told; absent where there are none.
- ``expected/``: the pictures of the page after the run; absent where they stay as they are.
- ``pyproject.toml``: settings of this case alone.

``CODEOUT_ACCEPT=1 pytest tests/codeout/test_cases.py`` writes what the engine does into the
expectations. Read each one before you commit it: it must be right, not merely what happens.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.formats import ASKED_SUFFIXES, SUFFIXES
from codeout.output.images import same_picture
from nbformat.validator import isvalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from codeout.errors import Problem

CASES = Path(__file__).parent / "cases"
ENDINGS = {*SUFFIXES, *ASKED_SUFFIXES}
PAGES = {page.parent.name: page for page in CASES.glob("*/page.*") if page.suffix in ENDINGS}
NAMES = sorted(PAGES)
ACCEPT = os.environ.get("CODEOUT_ACCEPT") == "1"


@dataclass(frozen=True)
class Stored:
    """A page and its pictures, as they are in their files."""

    page: bytes
    pictures: Mapping[str, bytes]

    @classmethod
    def read(cls, page: Path) -> Stored:
        """Read a page; its pictures lie in the folder of its name."""
        return cls(page.read_bytes(), read_files(page.with_suffix("")))


@dataclass(frozen=True)
class Outcome:
    """One case: its files before and after, what was told, and its files after a second run."""

    before: Stored
    after: Stored
    problems: tuple[Problem, ...]
    changes: tuple[Problem, ...]
    again: Stored


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Outcome]:
    """The outcomes of the cases that are to be tested, all run side by side, in a copy."""
    chosen = [item for item in request.session.items if isinstance(item, pytest.Function)]
    names = {str(i.callspec.params["name"]) for i in chosen if "outcomes" in i.fixturenames}
    root = tmp_path_factory.mktemp("project") / "cases"
    shutil.copytree(CASES, root, ignore=shutil.ignore_patterns("expected*"))
    pages = {name: root / name / PAGES[name].name for name in sorted(names)}
    before = {name: Stored.read(page) for name, page in pages.items()}
    first = run_all(pages.values())
    after = {name: Stored.read(page) for name, page in pages.items()}
    run_all(page for name, page in pages.items() if after[name] != before[name])
    return {
        name: Outcome(before[name], after[name], *first[page], Stored.read(page))
        for name, page in pages.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_page_and_problems_are_as_expected(name: str, outcomes: dict[str, Outcome]) -> None:
    case, outcome = CASES / name, outcomes[name]
    page = PAGES[name].with_stem("expected")
    told = "".join(f"{problem}\n" for problem in outcome.problems)
    if ACCEPT:
        accept(page, outcome, told)
    expected = Stored(
        read_or(page, outcome.before.page),
        read_files(case / "expected") or outcome.before.pictures,
    )
    assert told == read_or(case / "expected.txt", b"").decode()
    assert text(outcome.after.page) == text(expected.page)
    assert sorted(outcome.after.pictures) == sorted(expected.pictures)
    for file, data in expected.pictures.items():
        assert same_picture(data, outcome.after.pictures[file]), file


@pytest.mark.parametrize("name", NAMES)
def test_page_with_a_problem_is_left_as_it_was(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    assert not outcome.problems or outcome.after == outcome.before


@pytest.mark.parametrize("name", NAMES)
def test_second_run_changes_nothing(name: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].again == outcomes[name].after


@pytest.mark.parametrize("name", [name for name in NAMES if PAGES[name].suffix == ".ipynb"])
def test_notebook_that_is_written_is_valid(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    assert outcome.problems or isvalid(json.loads(outcome.after.page))


@pytest.mark.parametrize("name", NAMES)
def test_check_tells_what_run_writes(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    assert bool(outcome.changes) == (outcome.after != outcome.before)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("name", "child"),
    [
        ("child-that-outlives-its-page", "sleep 86398"),
        ("failure-endless-loop", "sleep 86399"),
    ],
)
def test_no_child_outlives_its_page(name: str, child: str, outcomes: dict[str, Outcome]) -> None:
    assert name in outcomes
    deadline = time.monotonic() + 60  # a killed process takes a moment to go
    while child in running():
        assert time.monotonic() < deadline, f"{child!r} still runs"
        time.sleep(0.01)


def run_all(pages: Iterable[Path]) -> dict[Path, tuple[tuple[Problem, ...], tuple[Problem, ...]]]:
    """Run pages and write them, as the command does; return each one's problems and changes."""
    groups: dict[Path, list[Path]] = {}
    for page in pages:
        own = (page.parent / "pyproject.toml").exists()
        groups.setdefault(page.parent if own else page.parent.parent, []).append(page)
    told = {}
    for folder, group in groups.items():
        project = Project.open(folder)
        for event in project.execute(project.plans(group), workers=2):
            if isinstance(event, Update):
                problems = event.problems or project.write(event)
                told[event.plan.file] = problems, event.changes
    return told


def accept(page: Path, outcome: Outcome, told: str) -> None:
    """Make what happened the expectation."""
    case = page.parent
    changed = outcome.after.page != outcome.before.page
    write_or_remove(page, outcome.after.page if changed else b"")
    write_or_remove(case / "expected.txt", told.encode())
    shutil.rmtree(case / "expected", ignore_errors=True)
    if outcome.after.pictures != outcome.before.pictures:
        for file, data in outcome.after.pictures.items():
            write_or_remove(case / "expected" / file, data)


def write_or_remove(file: Path, data: bytes) -> None:
    """Write a file, or have none where there is nothing to write."""
    if data:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    else:
        file.unlink(missing_ok=True)


def text(page: bytes) -> str:
    """A page as text, which pytest shows well; no byte is lost."""
    return page.decode("utf-8", "surrogateescape")


def read_or(file: Path, default: bytes) -> bytes:
    """Read a file that may be absent."""
    return file.read_bytes() if file.exists() else default


def read_files(folder: Path) -> dict[str, bytes]:
    """Read the files of a folder that may be absent."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*"))}


def running() -> list[str]:
    """The command lines of all processes, words parted by blanks."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(file.read_bytes().replace(b"\0", b" ").decode().strip())
        except OSError:  # it ended meanwhile
            continue
    return found
