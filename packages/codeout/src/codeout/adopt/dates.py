"""Outputs that show the date of the run: they differ tomorrow, though not in a second run today."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


def shows_date(text: str, days: Iterable[dt.date]) -> bool:
    """Whether a text has one of some days in it, in numbers or with the English name of its month.

    The parts of a day may be in any usual order: ``2026-03-01``, ``1/3/2026``, ``Mar 1, 2026``,
    ``datetime.date(2026, 3, 1)``.

    Args:
        text: What a block shows.
        days: Days in the calendar of the text.
    """
    return any(re.search(_pattern(day), text) for day in days)


def _pattern(day: dt.date) -> str:
    names = calendar.month_name[day.month], calendar.month_abbr[day.month]
    number, month = f"0?{day.day}(?:st|nd|rd|th)?", f"(?:0?{day.month}|{'|'.join(names)})"
    year, between = f"{day.year:04}", r"[^\w\n]{1,3}"
    orders = (year, month, number), (number, month, year), (month, number, year)
    return "|".join(rf"\b{between.join(order)}(?!\d)" for order in orders)
