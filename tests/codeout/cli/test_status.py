"""The answer of ``codeout status``."""

from __future__ import annotations

import datetime as dt
import json

import click
from codeout.cli.machine.status import as_json
from codeout.cli.status import as_table
from codeout.engine.outcome import Outcome
from codeout.engine.status import Status
from codeout.errors import Problem
from codeout.lock.observed import Observed
from codeout.lock.record import Inputs, Record
from codeout.output.coverage import Coverage

RECORD = Record(
    inputs=Inputs("c"),
    outputs="o",
    versions={"torch": "2.14.1"},
    python="3.11.2",
    device="cpu",
    date=dt.date(2026, 11, 23),
    seconds=2.5,
    blocks=2,
    stand_ins=("w.pth",),
    observed=Observed({"data.csv": "1ab"}, hosts=("example.org",)),
)


def status(
    path: str,
    outcome: Outcome,
    problems: tuple[Problem, ...] = (),
    reasons: tuple[str, ...] = (),
    record: Record | None = None,
) -> Status:
    return Status(path, problems, reasons, record, outcome)


FOUND = [
    status("a.md", Outcome("a.md", 2, Coverage(20, 20)), record=RECORD),
    status(
        "한글.md",
        Outcome("한글.md", 1, Coverage(80, 72)),
        reasons=("code changed", "torch 2.14.1 → 2.15.0"),
        record=RECORD,
    ),
    status(
        "c.md",
        Outcome("c.md", 1, Coverage()),
        problems=(Problem("c.md", 3, "unknown word 'skipp'", "skip"),),
        reasons=("never ran",),
    ),
    status("[d].md", Outcome("[d].md", 0, Coverage())),
]


def test_the_table() -> None:
    assert click.unstyle(as_table(FOUND, colored=True)).splitlines() == [
        "page     blocks  compared  last run    state",
        "a.md          2     100 %  2026-11-23  fresh, true",
        "한글.md       1      90 %  2026-11-23  code changed, torch 2.14.1 → 2.15.0",
        "c.md          1         –  never       line 3: unknown word 'skipp'",
        "[d].md        0         –  never       nothing to run",
        "4 pages, 2 stale, 92 % of the output lines compared",
    ]
    assert as_table(FOUND[2:], colored=False).splitlines()[-1] == "2 pages, 1 stale"
    assert as_table(FOUND[3:], colored=False).splitlines()[-1] == "1 page, 0 stale"


def test_the_table_counts_the_reasons_that_it_leaves_out() -> None:
    reasons = tuple(f"{letter}.csv changed" for letter in "abcdef")
    one = status("a.md", Outcome("a.md", 2, Coverage()), reasons=reasons, record=RECORD)
    told = "a.csv changed, b.csv changed, c.csv changed, d.csv changed, e.csv changed, and 1 more"
    assert as_table([one], colored=False).splitlines()[1].endswith(told)
    assert json.loads(as_json([one]))[0]["reasons"] == [*reasons]
