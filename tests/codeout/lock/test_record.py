"""What is remembered of a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from codeout.lock.observed import Observed
from codeout.lock.record import Inputs

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
