"""Outputs in comments, beside those that pytest-examples writes for the same blocks.

``printed/examples.md`` is recorded, see ``printed/record.py``. Where the two differ, the chapter on
comments in ``docs/engine/writing.md`` says how.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.engine.update import Update

from tests.codeout.printed.record import BLOCKS, EXAMPLES, written_by_pytest_examples

if TYPE_CHECKING:
    from pathlib import Path

OTHER = {
    "Loop on one line": "not indented",
    "Function with two prints": "each call",
    "Try": "below the statement",
    "Match": "below the statement",
    "Wide dictionary": "as printed",
    "Wide arguments": "as printed",
    "Set": "as printed",
    "Address": "another sign for addresses",
    "End and sep": "`end`",
    "Written": "not by print",
    "Child": "not by print",
    "Pprint": "not by print",
    "Semicolon": "not indented",
    "Triple quotes": "would end the string",
    "Backslash": "would be an escape",
    "Tabs": "expanded",
}
"""The blocks below which codeout writes something else, and why."""

CORRECTED = {"Function with two prints", "End and sep", "Written", "Child", "Pprint"}
"""Those of them that it does not leave as pytest-examples writes them, for they are not true."""

BROKEN = {"Triple quotes"}
"""Those that pytest-examples makes no Python of."""


def blocks_of(page: str) -> dict[str, str]:
    """The code of each block, by its title, without blanks at the ends of lines."""
    page = re.sub(r"[ \t]+$", "", page, flags=re.MULTILINE)
    return dict(re.findall(r"^## ([^\n]+)\n\n```py\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))


def run(page: str, folder: Path) -> str:
    """The page after a run, each block of which is a session of its own."""
    settings = '[tool.codeout]\npages = ["page.md"]\nsessions = "block"\n'
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    (folder / "page.md").write_text(page, encoding="utf-8")
    project = Project.open(folder)
    events = project.execute(project.plans([folder / "page.md"]))
    (update,) = [each for each in events if isinstance(each, Update)]
    assert not update.problems
    assert not project.write(update)
    return (folder / "page.md").read_text(encoding="utf-8")


def test_what_is_written_is_what_pytest_examples_writes(tmp_path: Path) -> None:
    ours = blocks_of(run(BLOCKS.read_text(encoding="utf-8"), tmp_path))
    theirs = blocks_of(EXAMPLES.read_text(encoding="utf-8"))
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] != theirs[name]} == OTHER.keys()


def test_what_pytest_examples_wrote_stays_if_it_is_true(tmp_path: Path) -> None:
    before = EXAMPLES.read_text(encoding="utf-8")
    for name in BROKEN:
        before = re.sub(rf"^## {name}\n.*?(?=^## )", "", before, flags=re.MULTILINE | re.DOTALL)
    after = run(before, tmp_path)
    was, now = blocks_of(before), blocks_of(after)
    assert {name for name in was if was[name] != now[name]} == CORRECTED
    assert run(after, tmp_path) == after


def test_what_is_recorded_is_what_pytest_examples_writes() -> None:
    pytest.importorskip("pytest_examples")
    assert written_by_pytest_examples() == EXAMPLES.read_text(encoding="utf-8")
