"""Why a page is stale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from codeout.lock import staleness
from codeout.lock.record import Inputs, Record
from codeout.lock.staleness import why_stale

from tests.support.records import RECORD

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
            "plugin codeout-sql 1.0 → not used",
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
    monkeypatch.setattr(staleness, "installed_version", lambda name: installed.get(name, ""))
    assert why_stale(inputs, outputs, record, Path()) == reasons
