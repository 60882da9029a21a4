"""The marks of a rendered page, read: the fences that are shown, comments, and groups of tabs."""

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
    """A comment that no reader sees.

    Attributes:
        start: Index of its first line.
        end: Index of its last line.
        text: What stands between ``<!--`` and ``-->``, up to the first fence in it.
        fences: Indexes of the fences in it.
    """

    start: int
    end: int
    text: str
    fences: tuple[int, ...] = ()


@dataclass(slots=True)
class Tab:
    """A tab.

    Attributes:
        line: Index of its header.
        label: Its label, as a reader sees it.
        column: Where its header starts.
        fences: Indexes of the fences in it, without those in tabs in it.
        within: Indexes of all fences in it.
    """

    line: int
    label: str
    column: int
    fences: list[int] = field(default_factory=list)
    within: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """A group of tabs, and which of them is being read; None before the first."""

    tabs: list[Tab] = field(default_factory=list)
    place: int = -1

    @property
    def tab(self) -> Tab | None:
        return self.tabs[self.place] if 0 <= self.place < len(self.tabs) else None


class MarkReader(HTMLParser):
    """Finds the marks in the HTML of a page."""

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

    def read(self, rendered: str) -> None:
        """Read a page; comments are taken out first, as a browser understands them."""
        for index, piece in enumerate(_COMMENT.split(rendered)):
            if index % 2:
                self.note(piece)
            else:
                self.feed(piece)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element starts."""
        values = dict(attrs)
        kind = (values.get("class") or "").split(" ")[0]
        if FENCE in values:
            self.fence(int(values[FENCE] or 0))
        if tag in self.verbatim:
            self.verbatim[tag] += 1
        if tag in {"div", "label"}:
            self.opened.append((tag, kind))
        if kind == "tabbed-set":
            self.groups.append(_Group())
            self.inside.append(self.groups[-1])
        if kind == "tabbed-block" and self.inside:
            self.inside[-1].place += 1

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if tag in self.verbatim:
            self.verbatim[tag] = max(self.verbatim[tag] - 1, 0)
        if self.opened and self.opened[-1][0] == tag:
            _, kind = self.opened.pop()
            if kind == "tabbed-set":
                self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Note the label of a tab, or a comment that is none."""
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
        """Note a character of a label."""
        self.handle_data(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """Note a character of a label."""
        self.handle_data(html.unescape(f"&#{name};").replace("\ue000", ""))

    def parse_html_declaration(self, i: int) -> int:
        """Take ``<![`` for the start of a comment, as browsers do, where Python may raise."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def fence(self, index: int) -> None:
        """Note a fence, unless it is shown as text."""
        if self.verbatim["pre"]:
            return
        self.shown[index] += 1
        tabs = [group.tab for group in self.inside if group.tab]
        for tab in tabs:
            tab.within.append(index)
        if tabs:
            tabs[-1].fences.append(index)

    def note(self, source: str) -> None:
        """Note a comment."""
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
