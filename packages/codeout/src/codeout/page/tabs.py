"""Output tabs: the tab after a code tab, in lines of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.annotated_html import Tab

STEP = 4
_ABBREVIATION: Final = re.compile(r"(?:> ?)* {0,3}\*\[[^\]]+\] ?:")


@dataclass(frozen=True, slots=True)
class OutputTab:
    """A code tab and its output tab.

    Attributes:
        code: The code tab.
        tab: The output tab; None if it is missing.
        start: The index of the first line of the body, or of the line to insert a body before.
        end: The index after the last line of the body; ``start`` if there is none.
        second: Further output tabs, right after ``tab``.
    """

    code: Tab
    tab: Tab | None
    start: int
    end: int
    second: tuple[Tab, ...] = ()


def find_output_tabs(
    lines: Sequence[str],
    groups: Sequence[Sequence[Tab]],
    code: Sequence[str],
    out: Sequence[str],
) -> Iterator[OutputTab]:
    """Find the output tab of each code tab.

    Args:
        lines: The lines of the page, without endings, tabs expanded.
        groups: The tabs of each group.
        code: The labels of code tabs.
        out: The labels of output tabs.
    """
    for group in groups:
        for index, tab in enumerate(group):
            if tab.label not in code:
                continue
            following = []
            for later in group[index + 1 :]:
                if later.label not in out:
                    break
                following.append(later)
            start, end = body(lines, following[0] if following else tab)
            if not following:
                start = end
            yield OutputTab(
                tab, following[0] if following else None, start, end, tuple(following[1:])
            )


def joined_groups(lines: Sequence[str], groups: Sequence[Sequence[Tab]]) -> Iterator[int]:
    """Find the groups that a site joins, as it shows nothing of what is between them.

    Returns:
        The index of the line between them, such as the definition of a link.
    """
    pairs = [pair for group in groups for pair in pairwise(group)]
    pairs += _around_abbreviations(lines, groups)
    for tab, following in pairs:
        between = range(body(lines, tab)[1], following.line)
        yield from [at for at in between if lines[at].strip("> \t")][:1]


def _around_abbreviations(
    lines: Sequence[str], groups: Sequence[Sequence[Tab]]
) -> Iterator[tuple[Tab, Tab]]:
    """Yield the tabs between which there are only definitions of abbreviations.

    Whether they are shown depends on the site: its renderer may not know them.
    """
    last = {(body(lines, group[-1])[1], group[-1].column): group[-1] for group in groups}
    for first, *_ in groups:
        at = first.line
        while at and (_ABBREVIATION.match(lines[at - 1]) or not lines[at - 1].strip("> ")):
            at -= 1
        if tab := last.get((at, first.column)):
            yield tab, first


def body(lines: Sequence[str], tab: Tab) -> tuple[int, int]:
    """Return the index of the first line in a tab and that after the last, without blank ends."""
    lead = lines[tab.line][: tab.column]
    width, quotes = content_width(lead), lead.count(">")
    first: int | None = None
    end = tab.line + 1
    for index in range(tab.line + 1, len(lines)):
        line = lines[index]
        if not line.strip("> " if quotes else None):
            continue
        head = line[:width]
        if len(head) < width or head.strip("> ") or head.count(">") != quotes:
            break
        first = index if first is None else first
        end = index + 1
    return tab.line + 1 if first is None else first, end


def content_width(lead: str) -> int:
    """Return the indentation, in columns, of the content of a tab; ``lead`` precedes its header."""
    return header_width(lead) + STEP


def header_width(lead: str) -> int:
    """Return the indentation, in columns, of further headers of the group."""
    return len(lead) if not lead.strip("> ") else -(-len(lead) // STEP) * STEP


def cut(source: str, width: int) -> str:
    """Return the blanks and quote marks in the first columns of a line, padded to ``width``."""
    column = index = 0
    while column < width and source[index : index + 1] in {">", " ", "\t"}:
        column += STEP - column % STEP if source[index] == "\t" else 1
        index += 1
    return source[:index] + " " * (width - column)


def dedent(source: str, width: int) -> str:
    """Remove ``width`` columns from the start of a line; a tab that is cut leaves blanks."""
    column = 0
    for index, char in enumerate(source):
        if column >= width:
            rest = source[index:]
            break
        column += STEP - column % STEP if char == "\t" else 1
    else:
        rest = ""
    if width % STEP:
        text = rest.lstrip(" \t")
        blanks = rest[: len(rest) - len(text)]
        rest = (" " * column + blanks).expandtabs(STEP)[column:] + text
    return " " * (column - width) + rest
