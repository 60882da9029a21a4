"""A status as it is kept, and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from codeout.engine.outcome import Outcome
from codeout.engine.status import Status
from codeout.errors import Problem
from codeout.lock.observed import Observed
from codeout.lock.record import Inputs, Record
from codeout.lock.tested import Tested
from codeout.output.coverage import Coverage
from codeout.page.gap import Gap


def to_entry(status: Status) -> dict[str, Any]:
    """A status in values that JSON knows."""
    entry = asdict(status)
    if status.record:
        entry["record"]["date"] = status.record.date.isoformat()
        for name, tested in status.record.matrix.items():
            entry["record"]["matrix"][name]["date"] = tested.date.isoformat()
    return entry


def from_entry(entry: dict[str, Any]) -> Status:
    """The status that was kept."""
    outcome = entry["outcome"]
    return Status(
        path=entry["path"],
        problems=_problems(entry["problems"]),
        reasons=tuple(entry["reasons"]),
        record=_record(entry["record"]) if entry["record"] else None,
        outcome=Outcome(
            path=outcome["path"],
            blocks=outcome["blocks"],
            coverage=Coverage(**outcome["coverage"]),
            gaps=tuple(Gap(**{**gap, "tabs": tuple(gap["tabs"])}) for gap in outcome["gaps"]),
        ),
        foreign=_problems(entry["foreign"]),
    )


def _problems(entries: list[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**each) for each in entries)


def _record(entry: dict[str, Any]) -> Record:
    seen = entry["observed"]
    lists = {name: tuple(value) for name, value in seen.items() if name != "reads"}
    return Record(
        **{
            **entry,
            "inputs": Inputs(**entry["inputs"]),
            "observed": Observed(reads=seen["reads"], **lists),
            "date": dt.date.fromisoformat(entry["date"]),
            "stand_ins": tuple(entry["stand_ins"]),
            "matrix": {name: _tested(each) for name, each in entry["matrix"].items()},
        }
    )


def _tested(entry: dict[str, Any]) -> Tested:
    return Tested(**{**entry, "date": dt.date.fromisoformat(entry["date"])})
