"""What a reader sees of a page: which fences, which comments steer, and where the tabs are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.blocks import build_tree
from codeout.fence import Fence, find_fences
from codeout.markup import MARK, Raw, extract

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.tree import Node

_HEADER = re.compile(r'===(?:\+|\+!|!\+|!)? +"(?P<label>.*?)" *$')
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_OTHER_TOKENS = (
    "\x02(?P<kind>[a-z])(?P<index>[0-9]+)\x03|<(?P<close>/?)(?P<tag>pre|script|style)\\b[^>]*>"
)
_FLAGS = re.DOTALL | re.IGNORECASE
_INLINE = re.compile(f"(?P<comment><!--(?:(?!<!--|-->).)*-->)|{_OTHER_TOKENS}", _FLAGS)
_RAW = re.compile(f"(?P<comment><!--.*?--!?>)|{_OTHER_TOKENS}", _FLAGS)


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
    """A tab: the index of its header line, its label, where the header starts, what it holds."""

    line: int
    label: str
    column: int
    fences: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure of a page.

    Attributes:
        fences: All fences, in order; the other indexes are into this.
        shown: Those that are rendered as code.
        comments: The comments, in order.
        unclosed: Indexes of the lines where a comment starts that the renderer shows as text.
        groups: The tabs, group by group.
    """

    fences: Sequence[Fence]
    shown: frozenset[int]
    comments: Sequence[Comment]
    unclosed: Sequence[int]
    groups: Sequence[Sequence[Tab]]


def read_structure(lines: Sequence[str]) -> Structure:
    """Read the structure of a page from its lines, without endings, tabs expanded."""
    fences = find_fences(lines)
    reader = _Reader(lines, fences)
    text = reader.marked()
    if "\x02" not in text:
        return Structure(fences, frozenset(), (), (), ())
    text, reader.stash = extract(text)
    root, literal = build_tree(text, reader.stash, reader.restore)
    reader.node(root, None)
    return Structure(
        fences,
        frozenset(reader.shown - literal),
        sorted(reader.comments, key=lambda comment: comment.start),
        sorted(reader.unclosed),
        reader.groups,
    )


class _Reader:
    """Marks what matters in the text of a page, and finds the marks again in its tree."""

    def __init__(self, lines: Sequence[str], fences: Sequence[Fence]) -> None:
        self.lines = lines
        self.fences = fences
        self.stash: Sequence[Raw] = ()
        self.tabs: list[Tab] = []
        self.starts: list[int] = []
        self.shown: set[int] = set()
        self.comments: list[Comment] = []
        self.unclosed: set[int] = set()
        self.groups: list[list[Tab]] = []
        self.hiding: list[str] = []

    def marked(self) -> str:
        """Join the lines, with a mark for each fence, tab header and start of a comment."""
        out: list[str] = []
        position = 0
        for index, fence in enumerate(self.fences):
            out += (self.mark(k) for k in range(position, fence.start))
            out.append(f"{fence.prefix}\x02f{index}\x03")
            position = fence.end + 1
        out += (self.mark(k) for k in range(position, len(self.lines)))
        return "\n".join(out) + "\n\n"

    def mark(self, index: int) -> str:
        line = self.lines[index]
        if "<!--" in line:
            pieces = line.split("<!--")
            line = pieces[0]
            for piece in pieces[1:]:
                line += f"<!--\x02c{len(self.starts)}\x03{piece}"
                self.starts.append(index)
        if "===" in line and (match := _HEADER.search(line)):
            start, end = match.span("label")
            line = f"{line[:start]}\x02t{len(self.tabs)}\x03{line[end:]}"
            self.tabs.append(Tab(index, match["label"], match.start()))
        return line

    def restore(self, index: int) -> tuple[list[str], int]:
        fence = self.fences[index]
        return list(self.lines[fence.start : fence.end + 1]), len(fence.prefix)

    def node(self, node: Node, tab: Tab | None) -> None:
        """Read a node and what is below it, in the order of the page."""
        if node.tag == "tabs":
            marks = [MARK.fullmatch(child.label) for child in node.children]
            self.groups.append([self.tabs[int(mark[2])] for mark in marks if mark])
        if match := MARK.fullmatch(node.label):
            tab = self.tabs[int(match[2])]
        if node.tag == "raw":
            self.text(node.text, _RAW, tab)
        elif node.text:
            self.text(_CODE_SPAN.sub(_fences_of, node.text), _INLINE, tab)
        for child in node.children:
            self.node(child, tab)
            if child.tail:
                self.text(_CODE_SPAN.sub(_fences_of, child.tail), _INLINE, tab)

    def text(self, text: str, tokens: re.Pattern[str], tab: Tab | None) -> None:
        for match in tokens.finditer(text):
            if match["comment"]:
                self.comment(match["comment"])
            elif match["kind"] == "f":
                self.fence(int(match["index"]), tab)
            elif match["kind"] == "h":
                self.text(self.stash[int(match["index"])].text, _RAW, tab)
            elif match["kind"] == "c" and not self.hiding:
                self.unclosed.add(self.starts[int(match["index"])])
            elif match["tag"]:
                self.hide(match["tag"].lower(), closes=bool(match["close"]))

    def hide(self, tag: str, *, closes: bool) -> None:
        """Note that an element starts or ends in which no fence is rendered as code."""
        inner = self.hiding[-1] if self.hiding else ""
        if closes and inner == tag:
            self.hiding.pop()
        elif not closes and inner in {"", "pre"}:
            self.hiding.append(tag)

    def fence(self, index: int, tab: Tab | None) -> None:
        if not self.hiding:
            self.shown.add(index)
            if tab:
                tab.fences.append(index)

    def comment(self, source: str) -> None:
        marks = MARK.findall(source)
        if self.hiding or not marks or marks[0][0] != "c":
            return
        start = self.starts[int(marks[0][1])]
        fences = tuple(int(index) for kind, index in marks if kind == "f")
        text = source[4:-3].split("\x02f", maxsplit=1)[0]
        text = MARK.sub("", text)
        end = start + text.count("\n")
        if fences:
            tail = source.rsplit("\x03", 1)[-1]
            end = self.fences[fences[-1]].end + tail.count("\n")
        self.comments.append(Comment(start, end, text, fences))


def _fences_of(match: re.Match[str]) -> str:
    """Keep of a code span the marks of fences, which are rendered inside it."""
    return "".join(mark[0] for mark in MARK.finditer(match[2]) if mark[1] in "fh")
