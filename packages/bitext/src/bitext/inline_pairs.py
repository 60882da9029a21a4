"""Marks pairs on one line, ``한국어 · English``, in titles, labels, headings and cells.

This runs after inline Markdown has been parsed, so no code, link or emphasis is split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element, tostring

from bitext.annotate import CLASS, mark_language
from bitext.inline import SEPARATOR, are_halves
from bitext.model import Kind
from bitext.tree import STASH_MARK, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import markdown

Piece: TypeAlias = str | Element

DOT = " · "
_ORDINAL = re.compile(r"\s*[0-9]+\.\s+")
_CELLS = {"td", "th"}
_MARKDOWN_FORMS = {"code": "`{}`", "a": "[{}](-)", "img": "![-](-)"}


@dataclass(frozen=True, slots=True)
class InlinePair:
    """A line with both languages.

    Attributes:
        number: The number in front, ``"2. "``, which belongs to both halves.
        first: The content of the first half.
        second: The content of the second half.
        korean_first: Whether the first half is the Korean one.
        separator: The content between them.
    """

    number: str
    first: Sequence[Piece]
    second: Sequence[Piece]
    korean_first: bool = False
    separator: Piece = DOT

    def in_korean_order(self) -> InlinePair:
        """The same pair, with the Korean half first."""
        if self.korean_first:
            return self
        return replace(self, first=self.second, second=self.first, korean_first=True)

    def to_spans(self) -> tuple[Element, Element, Element]:
        """Put the first half, the separator and the second half into an element each."""
        spans = Element("span"), Element("span"), Element("span")
        for span, content in zip(spans, (self.first, [self.separator], self.second), strict=True):
            set_content(span, content)
        mark_language(spans[0], "ko" if self.korean_first else "en")
        spans[1].set("class", f"{CLASS}-dot")
        mark_language(spans[2], "en" if self.korean_first else "ko")
        return spans


def mark_inline_pairs(root: Element, md: markdown.Markdown) -> None:
    """Mark the halves of titles, labels and cells.

    Args:
        root: The tree, after inline Markdown has been parsed.
        md: The instance that made it.
    """
    for element in [*_candidates(root)]:
        if found := find_inline_pair(element, md):
            set_content(element, [found.number, *found.to_spans()])


def mark_title(title: str) -> str:
    """Mark both halves of a title that is plain text, such as one of a site's navigation.

    Args:
        title: As in ``"2. 텐서 · Tensors"``.

    Returns:
        HTML with an element for each half; the escaped title if it is not in two languages.
    """
    element = Element("title")
    element.text = title
    if found := find_inline_pair(element, _renderer()):
        set_content(element, [found.number, *found.to_spans()])
    return tostring(element, encoding="unicode")[len("<title>") : -len("</title>")]


@cache
def _renderer() -> markdown.Markdown:
    import markdown  # takes a while to load

    return markdown.Markdown()


def find_inline_pair(element: Element, md: markdown.Markdown) -> InlinePair | None:
    """Find both halves in the content of an element; None if there are not two."""
    number, pieces = split_number(element)
    for before, separator, after in _splits(pieces, md):
        first, second = _to_markdown(before), _to_markdown(after)
        if are_halves(first, second) or are_halves(second, first):
            return InlinePair(number, before, after, are_halves(first, second), separator)
    return None


def split_number(element: Element) -> tuple[str, list[Piece]]:
    """Split the content of an element into the number in front and the rest."""
    pieces: list[Piece] = [element.text or ""]
    for child in element:
        pieces += [child, child.tail or ""]
    number = _ORDINAL.match(element.text or "")
    return (number[0], [str(pieces[0])[number.end() :], *pieces[1:]]) if number else ("", pieces)


def set_content(element: Element, pieces: Sequence[Piece]) -> None:
    """Replace the content of an element."""
    for child in [*element]:
        element.remove(child)
    element.text = None
    for piece in pieces:
        if isinstance(piece, Element):
            piece.tail = None
            element.append(piece)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + piece
        else:
            element.text = (element.text or "") + piece


def _candidates(element: Element) -> Iterator[Element]:
    """Yield the elements that may have both languages, outside of pairs of blocks."""
    for child in element:
        if child.tag in _CELLS or kind_of(child) in {Kind.TITLE, Kind.LABEL}:
            yield from child.findall("p") or [child]
        elif CLASS not in child.get("class", "").split():
            yield from _candidates(child)


def _splits(
    pieces: Sequence[Piece], md: markdown.Markdown
) -> Iterator[tuple[list[Piece], Piece, list[Piece]]]:
    """Yield each split at a possible separator: the content before it, itself, and after it."""
    for at, piece in enumerate(pieces):
        before, after = [*pieces[:at]], [*pieces[at + 1 :]]
        if isinstance(piece, Element):
            if piece.tag == "br":
                yield before, piece, after
            continue
        for start, end in _separators(piece, md):
            sides = piece[:start].rstrip(), piece[end:].lstrip()
            yield [*before, sides[0]], piece[start:end], [sides[1], *after]


def _separators(text: str, md: markdown.Markdown) -> Iterator[tuple[int, int]]:
    """Yield the spans of the separators in a text: dots, and line breaks as HTML."""
    for match in SEPARATOR.finditer(text):
        yield match.span()
    for match in STASH_MARK.finditer(text):
        if SEPARATOR.fullmatch(str(md.htmlStash.rawHtmlBlocks[int(match[1])])):
            yield match.span()


def _to_markdown(pieces: Sequence[Piece]) -> str:
    """Markdown with the same prose and code as some content."""
    return "".join(
        piece
        if isinstance(piece, str)
        else _MARKDOWN_FORMS.get(piece.tag, "{}").format(
            _to_markdown(split_number(piece)[1]).replace("`", "-")
        )
        for piece in pieces
    )
