"""Where the outputs stand: the tab after a code tab, in lines of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.annotated_html import Tab

STEP = 4


@dataclass(frozen=True, slots=True)
class OutputTab:
    """A code tab and the place of its output.

    Attributes:
        code: The code tab.
        tab: The output tab; None where it is missing.
        start: Index of the first line of the body; where there is none, of the line that it would
            stand before.
        end: Index after the last line of the body; ``start`` where there is none.
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
    """Find the output of each code tab; ``lines`` have no endings and their tabs are expanded."""
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


def body(lines: Sequence[str], tab: Tab) -> tuple[int, int]:
    """Return the first and after-last index of the lines that a tab holds, blank ends left out."""
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
    """Return how far the content of a tab is indented whose header stands after ``lead``."""
    return header_width(lead) + STEP


def header_width(lead: str) -> int:
    """Return how far a further header of the same group is indented."""
    return len(lead) if not lead.strip("> ") else -(-len(lead) // STEP) * STEP


def cut(source: str, width: int) -> str:
    """Return the blanks and quote marks that start a line, as many columns, filled with blanks."""
    column = index = 0
    while column < width and source[index : index + 1] in {">", " ", "\t"}:
        column += STEP - column % STEP if source[index] == "\t" else 1
        index += 1
    return source[:index] + " " * (width - column)


def dedent(source: str, width: int) -> str:
    """Take so many columns from the start of a line; a tab that reaches beyond leaves blanks."""
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
