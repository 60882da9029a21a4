"""Where two texts part: the lines that move, and the spans of them."""

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

_AROUND: Final = 3
_MOST_COMPARED: Final = 4_000_000  # pairs of lines: more would take minutes
_MOST_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is another one in the second text.

    Attributes:
        line: Its number in the first text, counted from 1; of the line above where it is new.
        old: As it stands in the first text; None where it is new.
        new: As it stands in the second text; None where it is gone.
    """

    line: int
    old: str | None
    new: str | None

    @property
    def spans(self) -> tuple[tuple[CharRange, ...], tuple[CharRange, ...]]:
        """What moves, in the old line and in the new one: whole numbers and words."""
        old, new = self.old or "", self.new or ""
        mine, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
        found = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
        changed = [code[1:] for code in found if code[0] != "equal"]
        return (
            tuple(_span(mine, i, j) for i, j, _, _ in changed if i < j),
            tuple(_span(theirs, i, j) for _, _, i, j in changed if i < j),
        )


def _span(tokens: Sequence[str], start: int, end: int) -> CharRange:
    """Where some tokens stand, without the marks and blanks around the words among them."""
    words = [at for at in range(start, end) if tokens[at][-1].isalnum()]
    if words:
        start, end = words[0], words[-1] + 1
    ends = [0, *accumulate(map(len, tokens))]
    return ends[start], ends[end]


def line_changes(old: str, new: str) -> tuple[LineChange, ...]:
    """The lines that differ, in order.

    Args:
        old: A text.
        new: Another one. Where it has as many lines, each is held against the one in its place.
    """
    return tuple(_moves(old.split("\n"), new.split("\n")))


def _moves(old: list[str], new: list[str]) -> Iterator[LineChange]:
    for a, b, c, d in changed_ranges(old, new):
        for at, (mine, theirs) in enumerate(zip_longest(old[a:b], new[c:d])):
            yield LineChange(min(a + at + 1, b) if b > a else a, mine, theirs)


def changed_ranges(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ: from where to where in ``old``, and in ``new``."""
    if len(old) == len(new):
        yield from ((at, at + 1, at, at + 1) for at, line in enumerate(old) if line != new[at])
    else:
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield a, b, c, d


def diff_lines(was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Where two outputs part, as ``diff -u`` tells it.

    Args:
        was: The lines in the page. Of very long outputs, no more is told than follows the first
            line that is another.
        now: The lines from the run.
    """
    start = 0
    if len(was) * len(now) > _MOST_COMPARED:
        pairs = enumerate(zip(was, now, strict=False))
        first = next((at for at, (old, new) in pairs if old != new), min(len(was), len(now)))
        start = max(0, first - _AROUND)
        was, now = was[start : first + _MOST_SHOWN], now[start : first + _MOST_SHOWN]
    for line in unified_diff(was, now, "in the page", "from the run", n=_AROUND, lineterm=""):
        yield _further_down(line, start) if line.startswith("@@") else line


def _further_down(hunk: str, by: int) -> str:
    """The head of a hunk, ``@@ -1,7 +1,7 @@``, with other numbers of lines."""
    return re.sub(r"(?<= [-+])\d+", lambda number: str(int(number[0]) + by), hunk)


def carets(line: str, spans: Sequence[CharRange]) -> str:
    """A line of carets, to stand below another one in a terminal and mark some spans of it."""
    marked = ""
    for start, end in spans:
        marked += " " * (display_width(line[:start]) - len(marked))
        marked += "^" * display_width(line[start:end])
    return marked


def show_change(change: LineChange, usual: str, title: str) -> list[str]:
    """A line as it was and as it is, each with carets below what moves.

    Args:
        change: The line.
        usual: What to call the first text.
        title: What to call the second one.
    """
    lines: list[str] = []
    told = (("-", change.old, usual), ("+", change.new, title))
    for (sign, line, name), spans in zip(told, change.spans, strict=True):
        if line is not None:
            lines += [f"{sign} {line}", f"  {carets(line, spans)}  {name}"]
    return lines
