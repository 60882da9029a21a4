"""Reads the marks of a rendered page: the fences that are shown, comments, groups of tabs."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from codeout.page.annotate import FENCE, MARK, TAB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.page.fences import Fence

_COMMENT: Final = re.compile(r"(<!--(?:-?>|.*?(?:--!?>|\Z)))", re.DOTALL)
_FENCE: Final = re.compile(f'<div><object {FENCE}="([0-9]+)"></object></div>')


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that readers do not see.

    Attributes:
        start: The index of its first line.
        end: The index of its last line.
        text: The text between ``<!--`` and ``-->``, up to the first fence in it.
        fences: The indexes of the fences in it.
    """

    start: int
    end: int
    text: str
    fences: tuple[int, ...] = ()


@dataclass(slots=True)
class Tab:
    """A tab.

    Attributes:
        line: The index of the line of its header.
        label: Its label, as readers see it.
        column: The column where its header starts, from 0.
        fences: The indexes of the fences in it, without those in nested tabs.
        within: The indexes of all fences in it.
    """

    line: int
    label: str
    column: int
    fences: list[int] = field(default_factory=list)
    within: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """A group of tabs, and the index of the tab that is read; -1 before the first."""

    tabs: list[Tab] = field(default_factory=list)
    position: int = -1

    @property
    def tab(self) -> Tab | None:
        return self.tabs[self.position] if 0 <= self.position < len(self.tabs) else None


class MarkReader(HTMLParser):
    """Collects the marks in the HTML of a page."""

    def __init__(self, lines: Sequence[str], fences: Sequence[Fence]) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = lines
        self.fences = fences
        self.shown: Counter[int] = Counter()
        self.comments: list[Comment] = []
        self.unclosed: set[int] = set()
        self.in_code: set[int] = set()
        self.groups: list[_Group] = []
        self.inside: list[_Group] = []
        self.opened: list[tuple[str, str]] = []
        self.verbatim = {"pre": 0, "code": 0}
        self.shows_pre = False

    def read(self, rendered: str) -> None:
        """Read a page; comments are split off first, as browsers find them."""
        for index, piece in enumerate(_COMMENT.split(rendered)):
            if index % 2:
                self.add_comment(piece)
            else:
                self.feed(piece)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the start of an element."""
        values = dict(attrs)
        kind = (values.get("class") or "").split(" ")[0]
        if FENCE in values:
            self.add_fence(int(values[FENCE] or 0))
        if tag in self.verbatim:
            self.verbatim[tag] += 1
            self.shows_pre |= tag == "pre"
        if tag in {"div", "label"}:
            self.opened.append((tag, kind))
        if kind == "tabbed-set":
            self.groups.append(_Group())
            self.inside.append(self.groups[-1])
        if kind == "tabbed-block" and self.inside:
            self.inside[-1].position += 1

    def handle_endtag(self, tag: str) -> None:
        """Read the end of an element."""
        if tag in self.verbatim:
            self.verbatim[tag] = max(self.verbatim[tag] - 1, 0)
        if self.opened and self.opened[-1][0] == tag:
            _, kind = self.opened.pop()
            if kind == "tabbed-set":
                self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Read text: the label of a tab, or a comment that is shown as text."""
        in_label = bool(self.opened) and self.opened[-1][0] == "label"
        for mark in MARK.finditer(data):
            line = int(mark["line"])
            if mark["kind"] == "c":
                (self.in_code if any(self.verbatim.values()) else self.unclosed).add(line)
            elif mark["kind"] == "t" and in_label and self.inside:
                match = TAB.search(self.lines[line])
                column = match.start() if match else 0
                self.inside[-1].tabs.append(Tab(line, "", column))
        if in_label and self.inside and self.inside[-1].tabs:
            self.inside[-1].tabs[-1].label += MARK.sub("", data)

    def handle_entityref(self, name: str) -> None:
        """Read a character of a label."""
        self.handle_data(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """Read a character of a label."""
        self.handle_data(html.unescape(f"&#{name};").replace("\ue000", ""))

    def parse_html_declaration(self, i: int) -> int:
        """Read ``<![`` as the start of a comment, as browsers do; Python may raise an error."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def add_fence(self, index: int) -> None:
        """Record a fence, unless it is shown as text."""
        if self.verbatim["pre"]:
            return
        self.shown[index] += 1
        tabs = [group.tab for group in self.inside if group.tab]
        for tab in tabs:
            tab.within.append(index)
        if tabs:
            tabs[-1].fences.append(index)

    def add_comment(self, source: str) -> None:
        """Record a comment."""
        mark = MARK.match(source, len("<!--"))
        if mark is None or self.verbatim["pre"]:
            return
        start = int(mark["line"])
        text, *held = _FENCE.split(MARK.sub("", source)[len("<!--") :].removesuffix("-->"))
        fences = tuple(map(int, held[::2]))
        end = start + text.count("\n")
        if fences:
            end = self.fences[fences[-1]].end + held[-1].count("\n")
        self.comments.append(Comment(start, end, text, fences))
