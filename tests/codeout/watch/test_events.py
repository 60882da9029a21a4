"""What a watch tells of."""

from __future__ import annotations

from pathlib import Path

import pytest
from codeout.engine.plan import Plan
from codeout.engine.update import Update
from codeout.errors import Problem
from codeout.watch.events import PageSettled
from codeout.watch.rerun import Rerun

PLAN = Plan("docs/a.md", Path("docs/a.md"), b"old")


@pytest.mark.parametrize(
    ("after", "problems", "outcome"),
    [
        (b"new", (), "written"),
        (b"old", (), "unchanged"),
        (b"new", (Problem("docs/a.md", 0, "cannot be written"),), "failed"),
    ],
)
def test_outcomes(after: bytes, problems: tuple[Problem, ...], outcome: str) -> None:
    assert PageSettled(Rerun(Update(PLAN, after)), problems).outcome == outcome
