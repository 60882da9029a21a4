"""Texts with a date, as people and programs write it."""

from __future__ import annotations

import datetime as dt

import pytest
from codeout.adopt.dates import shows_date

DAYS = [dt.date(2026, 3, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026-03-01T10:00:00+00:00",
        "DateTime(2026, 3, 1, 0, 0, 0, tzinfo=Timezone('UTC'))",
        "1/3/2026",
        "03/01/2026",
        "on March 1st, 2026",
        "Sun, 01 Mar 2026 10:00:00",
    ],
)
def test_a_date_is_found(text: str) -> None:
    assert shows_date(text, DAYS)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-10",
        "2026-03-11",
        "2025-03-01",
        "12026-03-01",
        "2026 of 3 of 1",
        "1, 3, 20261",
        "[2026]\n3\n1",
        "",
    ],
)
def test_other_numbers_are_no_date(text: str) -> None:
    assert not shows_date(text, DAYS)
