"""How far a printed number may be from the stored one."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

RTOL: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be from the stored one: ``relative * |stored|``, and nothing more.

    Nothing is relatively close to zero. So where one of the two numbers is zero, one unit of the
    last digit that is printed of it takes the place of ``|stored|``: with 1e-3, up to 1e-7 agrees
    with ``0.0000``. A tolerance of 0 asks for numbers that are written alike.
    """

    relative: float

    def allows(self, old: str, new: str) -> bool:
        """Compare two numbers as they are written; integers, nan and inf must be written alike."""
        if old == new:
            return True
        if not (self.relative and is_fraction(old) and is_fraction(new)):
            return False
        a, b = Decimal(old), Decimal(new)
        return self.relative == math.inf or abs(a - b) <= Decimal(self.relative) * _scale(a, b)


def is_fraction(number: str) -> bool:
    """Whether a number is written with a decimal point or an exponent."""
    return _FRACTION.search(number) is not None


def _scale(old: Decimal, new: Decimal) -> Decimal:
    """What a tolerance is relative to."""
    if old and new:
        return abs(old)
    exponent = (new if old else old).as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101  # it is a letter for nan and inf alone
    return Decimal(1).scaleb(exponent)


ANY_FRACTION: Final = Tolerance(math.inf)
_FRACTION: Final = re.compile(r"\d\.|\.\d|\d[eE]")

# A number is not part of a name (conv2, gpt-3.5), a version or date (2.14.1), a shape (3x224) or a
# colour (#1e5). A unit may follow it (3.2ms, 98.5%), and with ASCII a Korean particle too. Groups
# are atomic, so that the start of a number is never taken for a number.
NUMBER: Final = re.compile(
    r"""
    (?<![\w.\#]) (?<![a-zA-Z_]-)
    (
        [+-]? (?> \d+ (?:\.\d*)? [eE] [+-]? \d{1,3} | \d+\.\d+ | \.\d+ | \d+\.(?!\w) | \d+ )
        (?= [a-zA-Z]*+ (?!\w|\.\w) )
    |
        [+-]? (?i:nan|inf) \b (?!\.\w)
    )
    """,
    re.VERBOSE | re.ASCII,
)
