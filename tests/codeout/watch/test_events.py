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
    ("after", "problems", "outcome", "source"),
    [
        (b"new", (), "written", b"new"),
        (b"old", (), "unchanged", b"old"),
        (b"new", (Problem("docs/a.md", 0, "cannot be written"),), "failed", b"old"),
    ],
)
def test_outcomes(after: bytes, problems: tuple[Problem, ...], outcome: str, source: bytes) -> None:
    settled = PageSettled(Rerun(Update(PLAN, after)), problems)
    assert (settled.outcome, settled.source) == (outcome, source)
