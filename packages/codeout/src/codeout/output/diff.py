"""Differences between two texts: lines, and the words in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING, Final

from codeout.text.width import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CharRange = tuple[int, int]

_TOKEN: Final = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\w+|\s+|.", re.ASCII)

_CONTEXT: Final = 3
_MAX_PAIRS: Final = 4_000_000  # of lines to compare; more would take minutes
_MAX_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that differs.

    Attributes:
        line: Its number in the first text, counted from 1; for a new line, that of the line above.
        old: The line in the first text; None if it is new.
        new: The line in the second text; None if it was removed.
    """

    line: int
    old: str | None
    new: str | None

    @property
    def spans(self) -> tuple[tuple[CharRange, ...], tuple[CharRange, ...]]:
        """The ranges that differ, in the old line and in the new one: whole numbers and words."""
        old, new = self.old or "", self.new or ""
        mine, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
        found = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
        changed = [code[1:] for code in found if code[0] != "equal"]
        return (
            tuple(_range_of(mine, i, j) for i, j, _, _ in changed if i < j),
            tuple(_range_of(theirs, i, j) for _, _, i, j in changed if i < j),
        )


def _range_of(tokens: Sequence[str], start: int, end: int) -> CharRange:
    """The range of some tokens, without punctuation and blanks at its ends."""
    words = [at for at in range(start, end) if tokens[at][-1].isalnum()]
    if words:
        start, end = words[0], words[-1] + 1
    ends = [0, *accumulate(map(len, tokens))]
    return ends[start], ends[end]


def line_changes(old: str, new: str) -> tuple[LineChange, ...]:
    """The lines that differ, in order.

    Args:
        old: The first text.
        new: The second text. If both have as many lines, they are compared one by one.
    """
    return tuple(_line_changes(old.split("\n"), new.split("\n")))


def _line_changes(old: list[str], new: list[str]) -> Iterator[LineChange]:
    for a, b, c, d in changed_ranges(old, new):
        for at, (mine, theirs) in enumerate(zip_longest(old[a:b], new[c:d])):
            yield LineChange(min(a + at + 1, b) if b > a else a, mine, theirs)


def changed_ranges(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges that differ: start and end in ``old``, start and end in ``new``."""
    if len(old) == len(new):
        yield from ((at, at + 1, at, at + 1) for at, line in enumerate(old) if line != new[at])
    else:
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield a, b, c, d


def diff_lines(was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Compare two outputs, in the format of ``diff -u``.

    Args:
        was: The lines in the page. Of very long outputs, only a part from the first line that
            differs is compared.
        now: The lines from the run.
    """
    start = 0
    if len(was) * len(now) > _MAX_PAIRS:
        pairs = enumerate(zip(was, now, strict=False))
        first = next((at for at, (old, new) in pairs if old != new), min(len(was), len(now)))
        start = max(0, first - _CONTEXT)
        was, now = was[start : first + _MAX_LINES], now[start : first + _MAX_LINES]
    for line in unified_diff(was, now, "in the page", "from the run", n=_CONTEXT, lineterm=""):
        yield _shift(line, start) if line.startswith("@@") else line


def _shift(hunk: str, by: int) -> str:
    """Add to the line numbers in the header of a hunk, ``@@ -1,7 +1,7 @@``."""
    return re.sub(r"(?<= [-+])\d+", lambda number: str(int(number[0]) + by), hunk)


def carets(line: str, spans: Sequence[CharRange]) -> str:
    """A line of carets to show below a line in a terminal, which mark some ranges of it."""
    marked = ""
    for start, end in spans:
        marked += " " * (display_width(line[:start]) - len(marked))
        marked += "^" * display_width(line[start:end])
    return marked


def show_change(change: LineChange, usual: str, title: str) -> list[str]:
    """The old line and the new one, each with carets below the ranges that differ.

    Args:
        change: The line.
        usual: A title for the first text.
        title: A title for the second text.
    """
    lines: list[str] = []
    sides = (("-", change.old, usual), ("+", change.new, title))
    for (sign, line, name), spans in zip(sides, change.spans, strict=True):
        if line is not None:
            lines += [f"{sign} {line}", f"  {carets(line, spans)}  {name}"]
    return lines
