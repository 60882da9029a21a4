"""Flattens a Markdown page into its prose and its blocks, in order.

Tabs, admonitions and collapsible boxes are replaced by what they hold; outputs and comments are
left out. The result is plain Markdown, which a notebook can show.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from codeout.page.document import render
from codeout.page.lines import split_lines
from codeout.page.model import SlotKind, count_newlines
from codeout.page.read_lines import lines_to_read
from codeout.page.structure import read_structure
from codeout.page.tabs import STEP, body, content_width, dedent, find_output_tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from codeout.page.annotated_html import Tab
    from codeout.page.layout import Layout
    from codeout.page.model import Block, Page

_BOX: Final = re.compile(
    r"(?P<lead> *)(?P<mark>!!!|\?\?\?\+?)(?= ?[\w\"-]) ?(?P<kind>[\w\-]*)[\w\- ]*?"
    r'(?: +"(?P<title>.*?)")? *$'
)
_CODE: Final = re.compile("`+(.+?)`+")


def flatten(page: Page, layout: Layout, say: Callable[[str], str]) -> Iterator[str | Block]:
    """Flatten a page.

    Args:
        page: A page in Markdown.
        layout: Where outputs are: they are left out, and so are the headers of code tabs.
        say: Transforms a stretch of prose.

    Yields:
        Texts and blocks in the order of the page, including hidden blocks and blocks that do not
        run. Adjacent texts are joined.
    """
    texts: list[str] = []
    flattening = _Flattening(page, layout, say)
    for item in flattening.items(0, len(flattening.raw), 0):
        if isinstance(item, str):
            texts.append(item)
            continue
        if texts:
            yield "\n\n".join(texts)
        yield item
        texts = []
    if texts:
        yield "\n\n".join(texts)


class _Flattening:
    """One page. Indexes are of lines, from 0; ``width`` is the indentation of a container."""

    def __init__(self, page: Page, layout: Layout, say: Callable[[str], str]) -> None:
        text = render(page).decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        self.raw = split_lines(text)
        self.lines = lines_to_read(self.raw, page.path, layout)
        self.say = say
        structure = read_structure(self.lines)
        self.blocks = {block.line - 1: block for block in page.blocks}
        fences = (slot for slot in page.outputs if slot.kind is SlotKind.FENCE)
        self.outputs = {
            slot.line - 1: slot.line - 1 + count_newlines(slot.source)
            for slot in fences
            if slot.source
        }
        self.fences = {fence.start: fence for fence in structure.fences}
        self.comments = {comment.start: comment.end for comment in structure.comments}
        self.tabs = {tab.line: tab for group in structure.groups for tab in group}
        outputs = [*find_output_tabs(self.lines, structure.groups, layout.code, layout.out)]
        self.code = {output.code.line for output in outputs}
        self.out = {
            tab.line
            for output in outputs
            for tab in (output.tab, *output.second)
            if tab is not None
        }

    def items(self, start: int, end: int, width: int) -> list[str | Block]:
        """The texts and blocks on some lines of a container."""
        reading = _Container(self.say)
        while start < end:
            if start in self.outputs:
                start = self.outputs[start]
            elif start in self.blocks or start in self.fences:
                start = self.fence(start, width, reading)
            elif (last := self.comments.get(start)) is not None and self.alone(start, last):
                hidden = (self.blocks[k] for k in range(start, last) if k in self.blocks)
                reading.add(*hidden)
                start = last + 1
            elif start in self.tabs:
                start = self.tab(self.tabs[start], reading)
            elif box := _BOX.match(self.text(start, width)):
                start = self.box(box, start, end, width, reading)
            else:
                reading.line(self.text(start, width))
                start += 1
        reading.flush()
        return reading.items

    def text(self, index: int, width: int) -> str:
        """A line without the indentation of its container; empty for front matter."""
        return dedent(self.raw[index].rstrip("\r\n"), width) if self.lines[index].strip() else ""

    def alone(self, start: int, end: int) -> bool:
        """Whether some lines hold a comment and nothing else."""
        before = self.lines[start].partition("<!--")[0]
        return not before.strip("> ") and self.lines[end].rstrip().endswith("-->")

    def fence(self, start: int, width: int, reading: _Container) -> int:
        fence = self.fences[start]
        within = [self.blocks[at] for at in range(start, fence.end) if at in self.blocks]
        if within:
            reading.add(*within)
            reading.hang = 0 if ">" in fence.prefix else len(fence.prefix) - width
        else:
            reading.fenced([self.text(index, width) for index in range(start, fence.end + 1)])
        return fence.end + 1

    def tab(self, tab: Tab, reading: _Container) -> int:
        _, end = body(self.lines, tab)
        if tab.line not in self.out:
            label = [] if tab.line in self.code else [self.say(f"**{tab.label}**")]
            lead = self.lines[tab.line][: tab.column]
            reading.add(*label, *self.items(tab.line + 1, end, content_width(lead)))
        return end

    def box(self, box: re.Match[str], start: int, end: int, width: int, reading: _Container) -> int:
        """Unfold an admonition or a collapsible box; one without code becomes a quote or HTML."""
        inner = width + len(box["lead"]) + STEP
        last = index = start + 1
        while index < end and not self.lines[index][width:inner].strip():
            index += 1
            last = index if self.lines[index - 1].strip() else last
        title = box["kind"].capitalize() if box["title"] is None else box["title"]
        items = self.items(start + 1, last, inner)
        heading = [self.say(f"**{title}**")] if title else []
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            reading.add(*heading, *items)
        elif box["mark"] == "!!!":
            reading.add(_indented(f"{box['lead']}> ", "\n\n".join([*heading, *texts])))
        else:
            summary = f"<details>\n<summary>{_inline(title)}</summary>"
            reading.add("\n\n".join([summary, *texts, "</details>"]))
        return last


class _Container:
    """The texts and blocks of one container, collected line by line.

    Attributes:
        say: Transforms a stretch of prose.
        items: The finished texts, and the blocks.
        prose: The lines of the text that is not finished.
        hang: The indentation of prose that follows a block in a list.
    """

    def __init__(self, say: Callable[[str], str]) -> None:
        self.say = say
        self.items: list[str | Block] = []
        self.prose: list[str] = []
        self.hang = 0

    def line(self, text: str) -> None:
        """Add a line of prose."""
        if not text.strip() and self.prose[-1:] == [""]:
            return
        if text.strip() and not text.startswith(" " * self.hang):
            self.hang = 0
        self.prose.append(text[self.hang :])

    def fenced(self, lines: list[str]) -> None:
        """Add the lines of a fence to the prose."""
        self.line(lines[0])
        self.prose += [line[min(self.hang, len(line)) :] for line in lines[1:]]

    def add(self, *items: str | Block) -> None:
        """Finish the prose, and add what follows it."""
        if items:
            self.flush()
            self.items += items

    def flush(self) -> None:
        """Finish the prose."""
        while self.prose and not self.prose[0].strip("> "):
            self.prose.pop(0)
        while self.prose and not self.prose[-1].strip("> "):
            self.prose.pop()
        if self.prose:
            self.items.append(self.say("\n".join(self.prose)))
        self.prose = []


def _indented(prefix: str, text: str) -> str:
    return "\n".join(f"{prefix}{line}".rstrip() for line in text.split("\n"))


def _inline(title: str) -> str:
    """A title as HTML; of its Markdown, only code is converted."""
    return _CODE.sub(r"<code>\1</code>", html.escape(title, quote=False))
