"""Converts the element tree of Python-Markdown into blocks, before inline Markdown is parsed.

At this point each text is still Markdown. Code and HTML are in Python-Markdown's stash, and a
placeholder is in their place.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from bitext.model import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    import markdown

_KINDS = {
    **{f"h{level}": Kind.HEADING for level in range(1, 7)},
    "p": Kind.PARAGRAPH,
    "summary": Kind.TITLE,
    "figcaption": Kind.TITLE,
    "label": Kind.LABEL,
    "dt": Kind.LABEL,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "ul": Kind.LIST,
    "ol": Kind.LIST,
    "dl": Kind.LIST,
    "li": Kind.ITEM,
    "dd": Kind.ITEM,
    "blockquote": Kind.QUOTE,
    "hr": Kind.OTHER,
    "pre": Kind.OTHER,
}
_TEXTS = {Kind.PARAGRAPH, Kind.HEADING, Kind.TITLE, Kind.LABEL}
LINE_MARK = re.compile("\ue000([0-9]+)\ue001")  # the number of a line
TAG = re.compile(r"</?([A-Za-z][\w-]*)")
STASH_MARK = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_COMMENT = re.compile(r"((?<!`)(`+)(?!`).+?(?<!`)\2(?!`))|<!--.*?-->", re.DOTALL)
_SNIPPET = re.compile(r"^\s*;*--8<--.*$", re.MULTILINE)


def kind_of(element: Element) -> Kind:
    """The kind of an element."""
    if element.get("class") == "admonition-title":
        return Kind.TITLE
    return _KINDS.get(element.tag, Kind.BOX)


def is_block(tag: re.Match[str] | None, md: markdown.Markdown) -> bool:
    """Whether Python-Markdown treats a tag as a block."""
    return bool(tag and md.is_block_level(tag[1]))


class TreeReader:
    """Converts elements into blocks.

    Args:
        md: The instance that made the elements.
        line: The line of the first block, unless a mark gives another one.
    """

    def __init__(self, md: markdown.Markdown, line: int = 0) -> None:
        self.md = md
        self.line = line

    def read(self, element: Element) -> Iterator[Block]:
        """Yield the blocks in an element; text outside any block becomes a paragraph."""
        yield from self._text(Kind.PARAGRAPH, element.text)
        for child in element:
            yield from self._block(child)
            yield from self._text(Kind.PARAGRAPH, child.tail)

    def _block(self, element: Element) -> Iterator[Block]:
        kind = kind_of(element)
        if kind in _TEXTS:
            yield from self._text(kind, "".join(element.itertext()), element)
        elif kind is Kind.ROW:
            cells = "\t".join("".join(cell.itertext()) for cell in element)
            yield from self._text(kind, cells, element)
        elif kind is Kind.OTHER:
            yield Block(kind, "", self.line)
        else:
            rows = [*element.iter("tr")] if kind is Kind.TABLE else []
            found = chain.from_iterable(map(self._block, rows)) if rows else self.read(element)
            children = tuple(found)
            line = children[0].line if children else self.line
            yield Block(kind, "", line, children, element)

    def _text(
        self, kind: Kind, marked: str | None, owner: Element | None = None
    ) -> Iterator[Block]:
        """Yield the blocks of a text: prose, and a block for each piece of code or HTML in it."""
        seen = _COMMENT.sub(lambda match: match[1] or "", _SNIPPET.sub("", marked or ""))
        parts = STASH_MARK.split(seen)
        for text, index in zip(parts[::2], [*parts[1::2], ""], strict=True):
            if bare := LINE_MARK.sub("", text).strip():
                before, *numbers = LINE_MARK.split(text.lstrip())
                self.line = int(numbers[0]) - before.count("\n") if numbers else self.line
                html = kind is Kind.PARAGRAPH and is_block(TAG.match(bare), self.md)
                yield Block(*(Kind.OTHER, "") if html else (kind, bare), self.line, (), owner)
            if index and not str(self.md.htmlStash.rawHtmlBlocks[int(index)]).startswith("<!--"):
                yield Block(Kind.OTHER, "", self.line)
