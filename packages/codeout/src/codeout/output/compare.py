"""Comparison of a new output with the stored one, and the text to store if they differ.

Texts are compared after ``normalize``, line by line. Two lines agree if their words are equal and
their numbers are within tolerance, however the numbers of a column are aligned. A stored line that
is only ``...``, an elision, matches any number of lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from codeout.output.tolerance import ANY_FRACTION, NUMBER, RTOL, Tolerance, is_fraction

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_CHECKS: Final = 20  # of fractions, for each line that is searched
_PADDING: Final = re.compile(r"^(?:[ \t]+(?=[\])},;])|[ \t]*([ \t]))")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line split into words and numbers: ``words[0] numbers[0] words[1] … words[-1]``.

    Blanks beside a number depend on the other numbers in its column. So those before a number are
    removed from words; of those after it, one is kept before a letter, none before a bracket or a
    comma.
    """

    source: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def without_fractions(self) -> object:
        """The same for two lines if they agree whatever their fractions are."""
        return self.words, tuple("." if is_fraction(each) else each for each in self.numbers)

    def agrees(self, new: _Line, tolerance: Tolerance) -> bool:
        return self.words == new.words and all(
            tolerance.allows(a, b) for a, b in zip(self.numbers, new.numbers, strict=True)
        )


def elides(line: str) -> bool:
    """Whether a stored line is an elision."""
    return line.strip() == "..."


def _lines(text: str) -> list[_Line]:
    """Split a text at newlines; a newline at its end does not start another line."""
    sources = text.removesuffix("\n").split("\n") if text else []
    parts = [NUMBER.split(source) for source in sources]
    return [
        _Line(source, _without_padding(part[::2]), tuple(part[1::2]))
        for source, part in zip(sources, parts, strict=True)
    ]


def _without_padding(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a line without the blanks beside numbers; those at its start are kept."""
    first, *others = (word.rstrip(" \t") for word in words)
    return (first, *(_PADDING.sub(r"\1", word) for word in others))


def agrees(old: str, new: str, rtol: float = RTOL) -> bool:
    """Whether a stored text agrees with a new one.

    Args:
        old: The stored text, normalized; it may contain elisions.
        new: The captured text, normalized.
        rtol: Relative tolerance for numbers with a decimal point or an exponent.
    """
    if old == new:
        return True
    return _match_elisions(_lines(old), _lines(new), Tolerance(rtol)) is not None


def merge(old: str, new: str, rtol: float = RTOL) -> str:
    """Return the text to store: the old one if it agrees, or else the new one with elisions.

    All elisions are kept if only fractions changed. Otherwise each is kept whose neighbours, lines
    or an end of the text, are found in the new text exactly once and in order; fractions in them
    may differ. The result agrees with the new text.

    Args:
        old: The stored text, normalized; it may contain elisions.
        new: The captured text, normalized.
        rtol: Relative tolerance for numbers with a decimal point or an exponent.
    """
    if agrees(old, new, rtol):
        return old
    before, after = _lines(old), _lines(new)
    spans = _match_elisions(before, after, ANY_FRACTION)
    if spans is None:
        spans = _anchor_elisions(before, after)
    elisions = [line.source for line in before if elides(line.source)]
    stored = [line.source for line in after]
    for elision, span in reversed([*zip(elisions, spans, strict=True)]):
        if span is not None:
            stored[span] = [elision]
    text = "\n".join(stored)
    return f"{text}\n" if new.endswith("\n") else text


def _match_elisions(
    old: list[_Line], new: list[_Line], tolerance: Tolerance
) -> list[slice | None] | None:
    """Return the slice of ``new`` that each elision matches; None if the texts disagree.

    As with ``*`` in a shell pattern, a stretch between two elisions is matched at the first place
    where it fits, which leaves most lines to the rest. Each search begins where the last one ended,
    so a line of ``new`` takes part in one.
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
        place = _find(stretch, new, reached, tolerance)
        if place is None:
            return None
        spans.append(slice(reached, place))
        reached = place + len(stretch)
    end = len(new) - len(last)
    fits = reached <= end and _fits(last, new, end, tolerance)
    return [*spans, slice(reached, end)] if fits else None


def _stretches(lines: list[_Line]) -> list[list[_Line]]:
    """Split at the elisions; n of them give n + 1 stretches, some of them empty."""
    cuts = [-1, *(at for at, line in enumerate(lines) if elides(line.source)), len(lines)]
    return [lines[start + 1 : end] for start, end in pairwise(cuts)]


def _find(stretch: list[_Line], lines: list[_Line], start: int, tolerance: Tolerance) -> int | None:
    """Return the first place from ``start`` on where a stretch fits; None if there is none.

    All places are tried at once, as bits of a number: bit n is set while a place is under way whose
    first n + 1 lines fit (Baeza-Yates and Gonnet, "A new approach to text searching", 1992). A
    stretch of fractions that fits in part at very many places is not looked for to the end.
    """
    if not stretch:
        return start
    alike: dict[object, int] = {}
    for at, line in enumerate(stretch):
        key = line.without_fractions
        alike[key] = alike.get(key, 0) | 1 << at
    whole, under_way = 1 << len(stretch) - 1, 0
    checks = _MOST_CHECKS * len(lines)
    for at in range(start, len(lines)):
        line = lines[at]
        under_way = (under_way << 1 | 1) & alike.get(line.without_fractions, 0)
        left = under_way if any(map(is_fraction, line.numbers)) else 0
        while left:
            bit = left & -left
            left ^= bit
            if not stretch[bit.bit_length() - 1].agrees(line, tolerance):
                under_way ^= bit
            checks -= 1
        if under_way & whole:
            return at - len(stretch) + 1
        if checks < 0:
            return None
    return None


def _fits(stretch: list[_Line], lines: list[_Line], at: int, tolerance: Tolerance) -> bool:
    return at + len(stretch) <= len(lines) and all(
        line.agrees(lines[at + offset], tolerance) for offset, line in enumerate(stretch)
    )


def _anchor_elisions(old: list[_Line], new: list[_Line]) -> list[slice | None]:
    """Return, for each elision, the slice of ``new`` between its neighbours; None if not found."""
    places: dict[object, list[int]] = {}
    for at, line in enumerate(new):
        places.setdefault(line.without_fractions, []).append(at)

    def find_only(line: _Line) -> int | None:
        found = places.get(line.without_fractions, [])
        return found[0] if len(found) == 1 else None

    spans: list[slice | None] = []
    reached = -1
    for at in (at for at, line in enumerate(old) if elides(line.source)):
        above = find_only(old[at - 1]) if at > 0 else -1
        below = find_only(old[at + 1]) if at + 1 < len(old) else len(new)
        if above is None or below is None or not reached <= above < below:
            spans.append(None)
        else:
            spans.append(slice(above + 1, below))
            reached = below
    return spans
