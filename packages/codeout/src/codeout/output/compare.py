"""Whether a new output says the same as the old one, and what to store when it does not.

Texts are compared after ``normalize``, line by line. Two lines agree when their words are equal to
the letter and their numbers within tolerance; a line that is only ``...`` in the old text, an
elision, stands for any lines.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

RTOL: Final = 1e-3
ATOL: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be from the stored one: ``absolute + relative * |stored|``.

    This is the definition of ``numpy.allclose``, with the stored number as its reference.
    """

    relative: float
    absolute: float

    def allows(self, old: str, new: str) -> bool:
        """Compare numbers as written; integers, nan and inf must be written alike."""
        if old == new:
            return True
        if not (_FRACTION.search(old) and _FRACTION.search(new)):
            return False
        a, b = float(old), float(new)
        finite = math.isfinite(a) and math.isfinite(b)
        return finite and abs(a - b) <= self.absolute + self.relative * abs(a)


_ANY_FRACTION: Final = Tolerance(relative=0, absolute=math.inf)
_FRACTION: Final = re.compile(r"\d\.|\.\d|\d[eE]")

# A number stands free: it is no part of a name (conv2, gpt-3.5), a version or date (2.14.1), a
# shape (3x224) or a colour (#1e5). A unit may follow it (3.2ms, 98.5%). ASCII, so that a Korean
# particle may follow it as well. Its groups are atomic: a part of it is never tried for the whole.
_NUMBER: Final = re.compile(
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line taken apart: ``words[0] numbers[0] words[1] … words[-1]``.

    The words lack the blanks before a number, which depend on the other numbers in its column,
    and those at the end of the line.
    """

    source: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]

    def agrees(self, new: _Line, tolerance: Tolerance) -> bool:
        return self.words == new.words and all(
            tolerance.allows(a, b) for a, b in zip(self.numbers, new.numbers, strict=True)
        )


def elides(line: str) -> bool:
    """Tell whether a stored line is an elision."""
    return line.strip() == "..."


def _lines(text: str) -> list[_Line]:
    """Split at newlines; one at the end of the text makes no further line."""
    sources = text.removesuffix("\n").split("\n") if text else []
    parts = [_NUMBER.split(source) for source in sources]
    return [
        _Line(source, tuple(word.rstrip(" \t") for word in part[::2]), tuple(part[1::2]))
        for source, part in zip(sources, parts, strict=True)
    ]


def agrees(old: str, new: str, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Tell whether a stored text may stay as it is.

    Args:
        old: The stored text, normalized; it may hold elisions.
        new: What was captured now, normalized.
        rtol: Relative tolerance for numbers with a decimal point or an exponent.
        atol: Absolute tolerance for the same.
    """
    return old == new or _elided(_lines(old), _lines(new), Tolerance(rtol, atol)) is not None


def merge(old: str, new: str, rtol: float = RTOL, atol: float = ATOL) -> str:
    """Return the text to store: the old one where it agrees, or else the new one.

    Elisions survive in the new text: all of them where nothing but fractions changed; otherwise
    each whose two neighbours, lines or an edge of the text, are in the new text exactly once and
    in order, whatever their fractions. What is returned agrees with the new text.

    Args:
        old: The stored text, normalized; it may hold elisions.
        new: What was captured now, normalized.
        rtol: Relative tolerance for numbers with a decimal point or an exponent.
        atol: Absolute tolerance for the same.
    """
    if agrees(old, new, rtol, atol):
        return old
    before, after = _lines(old), _lines(new)
    spans = _elided(before, after, _ANY_FRACTION)
    if spans is None:
        spans = _anchored(before, after)
    elisions = [line.source for line in before if elides(line.source)]
    stored = [line.source for line in after]
    for elision, span in reversed([*zip(elisions, spans, strict=True)]):
        if span is not None:
            stored[span] = [elision]
    text = "\n".join(stored)
    return f"{text}\n" if new.endswith("\n") else text


def _elided(old: list[_Line], new: list[_Line], tolerance: Tolerance) -> list[slice | None] | None:
    """Return the slice of ``new`` that each elision stands for; None where the texts disagree.

    As with the stars of a shell pattern, a stretch between two elisions goes to the first place
    that fits, which leaves the most room for the rest. So O(len(old) * len(new)) at worst.
    """
    first, *others = _stretches(old)
    if not _fits(first, new, 0, tolerance):
        return None
    if not others:
        return [] if len(old) == len(new) else None
    *others, last = others
    spans: list[slice | None] = []
    reached = len(first)
    for stretch in others:
        places = range(reached, len(new) + 1)
        place = next((at for at in places if _fits(stretch, new, at, tolerance)), None)
        if place is None:
            return None
        spans.append(slice(reached, place))
        reached = place + len(stretch)
    end = len(new) - len(last)
    fits = reached <= end and _fits(last, new, end, tolerance)
    return [*spans, slice(reached, end)] if fits else None


def _stretches(lines: list[_Line]) -> list[list[_Line]]:
    """Split at the elisions: there is one stretch, maybe empty, more than there are of these."""
    cuts = [-1, *(at for at, line in enumerate(lines) if elides(line.source)), len(lines)]
    return [lines[start + 1 : end] for start, end in pairwise(cuts)]


def _fits(stretch: list[_Line], lines: list[_Line], at: int, tolerance: Tolerance) -> bool:
    return at + len(stretch) <= len(lines) and all(
        line.agrees(lines[at + offset], tolerance) for offset, line in enumerate(stretch)
    )


def _anchored(old: list[_Line], new: list[_Line]) -> list[slice | None]:
    """Return, for each elision, the slice of ``new`` between its neighbours; None without."""
    spans: list[slice | None] = []
    reached = -1
    for at in (at for at, line in enumerate(old) if elides(line.source)):
        above = _only(old[at - 1], new) if at > 0 else -1
        below = _only(old[at + 1], new) if at + 1 < len(old) else len(new)
        if above is None or below is None or not reached <= above < below:
            spans.append(None)
        else:
            spans.append(slice(above + 1, below))
            reached = below
    return spans


def _only(line: _Line, lines: list[_Line]) -> int | None:
    """Return the place of the one line like this, whatever its fractions; None for any other."""
    places = [at for at, other in enumerate(lines) if line.agrees(other, _ANY_FRACTION)]
    return places[0] if len(places) == 1 else None
