"""What a watch tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeout.desk import Rerun
from codeout.plan import Plan
from codeout.problem import Problem
from codeout.told import Dealt
from codeout.update import Update

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
    assert Dealt(Rerun(Update(PLAN, after)), problems).outcome == outcome
