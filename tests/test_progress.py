"""What people see while pages run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from codeout.cell import Cell
from codeout.job import Finished, Started
from codeout.output import Ran
from codeout.parts import Block, Page
from codeout.plan import Plan
from codeout.progress import progress
from codeout.update import Update

if TYPE_CHECKING:
    import pytest

PAGE = Page("docs/a.md", (Block("", 3, "x"),))
PLAN = Plan("docs/a.md", Path("docs/a.md"), page=PAGE, blocks=(0,), cells=(Cell("", 1),))


def test_the_bar_says_nothing_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with progress([PLAN]) as follow:
        follow(Started("a[/b].md", 0))
        follow(Finished("a[/b].md", 0, Ran((), 0, 0, frozenset())))
        follow(Update(PLAN, b""))
    assert capsys.readouterr() == ("", "")


def test_the_bar_takes_no_page_for_markup(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with progress([PLAN]) as follow:
        follow(Started("docs/[/draft].md", 0))
    assert "docs/[/draft].md" in capsys.readouterr().err
