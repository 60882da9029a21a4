"""What an author reads while pages are watched."""

from __future__ import annotations

from pathlib import Path

import pytest
from codeout.cli.watch import line_of
from codeout.engine.outcome import Outcome
from codeout.engine.plan import Plan
from codeout.engine.update import Update
from codeout.errors import ConfigError, Problem
from codeout.output.coverage import Coverage
from codeout.page.gap import Gap
from codeout.run.events import Doubted, Started
from codeout.run.job import Cell
from codeout.watch.events import ConfigRejected, PageRemoved, PageSettled, Watching
from codeout.watch.rerun import Rerun

PLAN = Plan("docs/a.md", Path("docs/a.md"), b"old", cells=(Cell("x", 1.0),) * 12)
SAME = Update(PLAN, b"old")
OTHER = Update(PLAN, b"new")
VOLATILE = Gap(9, "volatile output", output=True)
PARTLY = Update(PLAN, b"old", outcome=Outcome("docs/a.md", 12, Coverage(4, 3), (VOLATILE,)))
SAVED = ", and the checkpoint before block {} saved 61.2 s"
AGAIN = "; what comes after it runs again from an earlier one"


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Watching(1), "watching 1 page; Ctrl-C ends it"),
        (Watching(12), "watching 12 pages; Ctrl-C ends it"),
        (ConfigRejected(ConfigError("no", "yes")), "codeout: no\n  hint: yes"),
        (
            PageSettled(Rerun(OTHER, 0, 12, 3.211), ()),
            "docs/a.md: written; blocks 1 to 12 of 12 ran in 3.21 s",
        ),
        (
            PageSettled(Rerun(SAME, 6, 6, 0.4, 61.21), ()),
            f"docs/a.md: unchanged; blocks 7 to 12 of 12 ran in 0.40 s{SAVED.format(7)}",
        ),
        (
            PageSettled(Rerun(OTHER, 11, 1, 0.04, 61.2), (Problem("docs/a.md", 3, "raised it"),)),
            f"docs/a.md: failed; block 12 of 12 ran in 0.04 s{SAVED.format(12)}",
        ),
        (PageSettled(Rerun(OTHER, 12), ()), "docs/a.md: written; no block ran"),
        (
            PageSettled(Rerun(PARTLY, 12), ()),
            "docs/a.md: unchanged; no block ran; partly, 3 of 4 lines compared",
        ),
        (
            PageSettled(Rerun(PARTLY, 12), (Problem("docs/a.md", 3, "raised it"),)),
            "docs/a.md: failed; no block ran",
        ),
        (
            Doubted("docs/a.md", 2, "other threads are alive"),
            f"docs/a.md: no checkpoint after block 3, for other threads are alive{AGAIN}",
        ),
        (Started("docs/a.md", 0), ""),
        (PageRemoved("docs/a.md"), ""),
    ],
)
def test_lines(event: object, line: str) -> None:
    assert line_of(event) == line  # type: ignore[arg-type]
