"""What is remembered of a page, and why it is stale."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from codeout.lock import record as record_module
from codeout.lock.observed import Observed
from codeout.lock.record import Inputs, Record, why_stale

from tests.support.records import RECORD


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"date": dt.date(2027, 1, 1)},
        {"seconds": 99.0},
        {"python": "3.14.0"},
        {"device": "cuda"},
        {"stand_ins": ()},
    ],
    ids=str,
)
def test_when_and_where_a_page_ran_tells_nothing_new(elsewhere: dict[str, Any]) -> None:
    assert RECORD.same_as(replace(RECORD, **elsewhere))


@pytest.mark.parametrize(
    "new",
    [
        {"inputs": Inputs("other")},
        {"outputs": "other"},
        {"versions": {"torch": "2.15.0"}},
        {"blocks": 4},
        {"observed": Observed(reads={"data.csv": "1ab"})},
    ],
    ids=str,
)
def test_what_a_page_is_made_with_tells_something_new(new: dict[str, Any]) -> None:
    assert not RECORD.same_as(replace(RECORD, date=dt.date(2027, 1, 1), **new))


INSTALLED = {"torch": "2.14.1", "numpy": "2.4.0"}
REASONS: dict[str, tuple[Inputs, str, Record | None, dict[str, str], tuple[str, ...]]] = {
    "fresh": (RECORD.inputs, "0075", RECORD, INSTALLED, ()),
    "never ran": (RECORD.inputs, "0075", None, INSTALLED, ("never ran",)),
    "code": (replace(RECORD.inputs, code="new"), "0075", RECORD, INSTALLED, ("code changed",)),
    "an include": (
        replace(RECORD.inputs, includes={**RECORD.inputs.includes, "snippets/net.py": "new"}),
        "0075",
        RECORD,
        INSTALLED,
        ("snippets/net.py changed",),
    ),
    "includes come and gone": (
        replace(RECORD.inputs, includes={"snippets/그물.py": "2cd", "a.py": "1"}),
        "0075",
        RECORD,
        INSTALLED,
        ("a.py changed", "snippets/net.py changed"),
    ),
    "data": (replace(RECORD.inputs, data="new"), "0075", RECORD, INSTALLED, ("data changed",)),
    "a version": (
        RECORD.inputs,
        "0075",
        RECORD,
        {**INSTALLED, "torch": "2.15.0"},
        ("torch 2.14.1 → 2.15.0",),
    ),
    "a package removed": (
        RECORD.inputs,
        "0075",
        RECORD,
        {"numpy": "2.4.0"},
        ("torch 2.14.1 → not installed",),
    ),
    "an output": (RECORD.inputs, "new", RECORD, INSTALLED, ("output edited by hand",)),
    "all of it": (
        Inputs("new"),
        "new",
        RECORD,
        {},
        (
            "code changed",
            "snippets/net.py changed",
            "snippets/그물.py changed",
            "data changed",
            "numpy 2.4.0 → not installed",
            "torch 2.14.1 → not installed",
            "output edited by hand",
        ),
    ),
}


@pytest.mark.parametrize(
    ("inputs", "outputs", "record", "installed", "reasons"), REASONS.values(), ids=REASONS
)
def test_a_page_is_stale_because_of(  # noqa: PLR0913, PLR0917 - a column each
    monkeypatch: pytest.MonkeyPatch,
    inputs: Inputs,
    outputs: str,
    record: Record | None,
    installed: dict[str, str],
    reasons: tuple[str, ...],
) -> None:
    monkeypatch.setattr(record_module, "installed_version", lambda name: installed.get(name, ""))
    assert why_stale(inputs, outputs, record, Path()) == reasons
