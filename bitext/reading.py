"""From Markdown to blocks.

Python-Markdown itself reads the page, up to where it would look into the lines: what counts here as
a quote, a list or an admonition is what readers see, and no second parser can disagree. It forgets
on which line a thing stood, so each line carries a mark that says so.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from pymdownx.superfences import highlight_validator

from bitext.block import Block, Kind
from codeout.lines import plain_lines, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

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
_MARK = re.compile("\ue000([0-9]+)\ue001")
_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_TAG = re.compile(r"</?([A-Za-z][\w-]*)")
_LAST_TAG = re.compile(r".*</?([A-Za-z][\w-]*)[^<>]*> *$")
_COMMENT = re.compile(r"((?<!`)(`+)(?!`).+?(?<!`)\2(?!`))|<!--.*?-->", re.DOTALL)
_WORD = re.compile(r"[^\W_]")
_LEAD = re.compile(r"(?:[>\s]|[-*+]\s|[0-9]+\.\s)*")
# A mark would spoil fences, the definition of a link, comments, and what embeds a file.
_UNMARKED = re.compile(r"```|~~~|<[!?]|\[[^\]^][^\]]*\]:|;*--8<--|.*-->")
_HEADER = re.compile(r"!!!|\?{3}|===")
_UNTITLED = re.compile(r"(?:!!!|\?{3}\+?) ?(?P<title>[\w-]+)(?: +[\w-]+)* *")
_EMBEDDING = re.compile(r"^\s*;*--8<--.*$", re.MULTILINE)


def read_blocks(text: str, first: int = 1) -> tuple[Block, ...]:
    """Read the blocks of a text.

    Args:
        text: The Markdown; what MkDocs takes for front matter is left out.
        first: The number of its first line.
    """
    raw = split_lines(_MARK.sub("", text).removeprefix("\ufeff"))
    lines = [_marked(line, number) for number, line in enumerate(plain_lines(raw), first)]
    md, notes = _parser()
    md.reset()
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    for note in [*notes.footnotes.values()]:
        md.parser.parseChunk(root, note)
    return tuple(_Reader(md, first).inside(root))


def front_matter(text: str) -> Iterator[Block]:
    """Yield the lines of the front matter."""
    raw = split_lines(text.removeprefix("\ufeff"))
    for number, (line, plain) in enumerate(zip(raw, plain_lines(raw), strict=True), 1):
        if plain.strip():
            return
        if line.strip():
            yield Block(Kind.OTHER, line.strip(), number)


@cache
def _parser() -> tuple[markdown.Markdown, FootnoteExtension]:
    """Make the parser; footnotes stand apart from what it returns."""
    notes = FootnoteExtension()
    fence = {"name": "*", "class": "", "format": _no_colors, "validator": highlight_validator}
    names = "admonition def_list md_in_html tables pymdownx.details pymdownx.superfences"
    md = markdown.Markdown(
        extensions=[*names.split(), "pymdownx.tabbed", notes],
        extension_configs={
            "pymdownx.superfences": {"custom_fences": [fence]},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )
    return md, notes


def _no_colors(*_: Any, **__: Any) -> str:
    return "<pre></pre>"


def _is_block(tag: re.Match[str] | None) -> bool:
    """Whether a tag is one that Markdown takes for a block of its own."""
    return bool(tag and _parser()[0].is_block_level(tag[1]))


def _marked(line: str, number: int) -> str:
    """Put the number of a line at the end of its text."""
    lead = _LEAD.match(line)
    content = line[lead.end() :] if lead else line
    if not _WORD.search(content) or _UNMARKED.match(content):
        return line
    if any(_is_block(tag.match(content)) for tag in (_TAG, _LAST_TAG)):
        return line
    mark, end = f"\ue000{number}\ue001", line.rstrip()
    if untitled := _UNTITLED.fullmatch(content):
        return f'{end} "{untitled["title"].capitalize()}{mark}"'
    if _HEADER.match(content):
        return f'{end[:-1]}{mark}"' if end.endswith('"') else line
    if end.endswith("|") and not end.endswith("\\|"):
        return f"{end[:-1]}{mark}|"
    return f"{end}{mark}{line[len(end) :]}"


class _Reader:
    """Turns elements into blocks."""

    def __init__(self, md: markdown.Markdown, line: int) -> None:
        self.md = md
        self.line = line

    def inside(self, element: Element) -> Iterator[Block]:
        """Read what stands in an element; bare text is a paragraph."""
        yield from self.text(Kind.PARAGRAPH, element.text)
        for child in element:
            yield from self.block(child)
            yield from self.text(Kind.PARAGRAPH, child.tail)

    def block(self, element: Element) -> Iterator[Block]:
        kind = _KINDS.get(element.tag, Kind.BOX)
        if element.get("class") == "admonition-title":
            kind = Kind.TITLE
        if kind in _TEXTS:
            yield from self.text(kind, "".join(element.itertext()))
        elif kind is Kind.ROW:
            yield from self.text(kind, "\t".join("".join(cell.itertext()) for cell in element))
        elif kind is Kind.OTHER:
            yield Block(kind, "", self.line)
        else:
            rows = [*element.iter("tr")] if kind is Kind.TABLE else []
            found = chain.from_iterable(map(self.block, rows)) if rows else self.inside(element)
            children = tuple(found)
            yield Block(kind, "", children[0].line if children else self.line, children)

    def text(self, kind: Kind, marked: str | None) -> Iterator[Block]:
        """Read a text, and the places in it where code and HTML were."""
        seen = _COMMENT.sub(lambda match: match[1] or "", _EMBEDDING.sub("", marked or ""))
        parts = _STASHED.split(seen)
        for text, index in zip(parts[::2], [*parts[1::2], ""], strict=True):
            if bare := _MARK.sub("", text).strip():
                before, *numbers = _MARK.split(text.lstrip())
                self.line = int(numbers[0]) - before.count("\n") if numbers else self.line
                html = kind is Kind.PARAGRAPH and _is_block(_TAG.match(bare))
                yield Block(*(Kind.OTHER, "") if html else (kind, bare), self.line)
            if index and not str(self.md.htmlStash.rawHtmlBlocks[int(index)]).startswith("<!--"):
                yield Block(Kind.OTHER, "", self.line)
