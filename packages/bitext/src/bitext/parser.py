"""Parses Markdown into blocks.

Python-Markdown itself parses the page, except for inline Markdown, so quotes, lists and admonitions
are those that readers see. It does not keep line numbers, so each line gets a mark with its number.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from pymdownx.superfences import highlight_validator

from bitext.lines import plain_lines, split_lines
from bitext.model import Block, Kind
from bitext.tree import LINE_MARK, TAG, TreeReader, is_block

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST_TAG = re.compile(r".*</?([A-Za-z][\w-]*)[^<>]*> *$")
_WORD = re.compile(r"[^\W_]")
_PREFIX = re.compile(r"(?:[>\s]|[-*+]\s|[0-9]+\.\s)*")
# A mark would break fences, link definitions, comments and snippets.
_UNMARKED = re.compile(r"```|~~~|<[!?]|\[[^\]^][^\]]*\]:|;*--8<--")
_COMMENT = re.compile(r"<!--.*?-->")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_TITLED = re.compile(r"!!!|\?{3}|===")
_UNTITLED = re.compile(r"(?:!!!|\?{3}\+?) ?(?P<title>[\w-]+)(?: +[\w-]+)* *")


def read_blocks(text: str, first: int = 1) -> tuple[Block, ...]:
    """Parse a text into blocks.

    Args:
        text: The Markdown; front matter, as MkDocs reads it, is skipped.
        first: The number of its first line.
    """
    raw = split_lines(LINE_MARK.sub("", text).removeprefix("\ufeff"))
    lines = [_add_mark(line, number) for number, line in enumerate(plain_lines(raw), first)]
    md, notes = _parser()
    md.reset()
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    for note in [*notes.footnotes.values()]:
        md.parser.parseChunk(root, note)
    return tuple(TreeReader(md, first).read(root))


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
    """Make the parser; the texts of footnotes are kept in its extension, not in the tree."""
    notes = FootnoteExtension()
    fence = {"name": "*", "class": "", "format": _format_fence, "validator": highlight_validator}
    names = "admonition def_list md_in_html tables pymdownx.details pymdownx.superfences"
    md = markdown.Markdown(
        extensions=[*names.split(), "pymdownx.tabbed", notes],
        extension_configs={
            "pymdownx.superfences": {"custom_fences": [fence]},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )
    return md, notes


def _format_fence(*_: Any, **__: Any) -> str:
    return "<pre></pre>"


def _add_mark(line: str, number: int) -> str:
    """Append its number to a line, unless that would change what the line means."""
    prefix = _PREFIX.match(line)
    content = line[prefix.end() :] if prefix else line
    seen = _CODE.sub("-", content)
    ends_comment = "-->" in _COMMENT.sub("", seen)
    if not _WORD.search(content) or _UNMARKED.match(seen) or ends_comment:
        return line
    if any(is_block(tag.match(content), _parser()[0]) for tag in (TAG, _LAST_TAG)):
        return line
    mark, end = f"\ue000{number}\ue001", line.rstrip()
    if untitled := _UNTITLED.fullmatch(content):
        return f'{end} "{untitled["title"].capitalize()}{mark}"'
    if _TITLED.match(content) and end.endswith('"'):
        return f'{end[:-1]}{mark}"'
    if end.endswith("|") and not end.endswith("\\|"):
        return f"{end[:-1]}{mark}|"
    return f"{end}{mark}{line[len(end) :]}"
