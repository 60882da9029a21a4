"""The texts of a rendered page as they are read: across bold type, code and links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

_UNLINKABLE = {"a", "button", "code", "kbd", "label", "svg"}  # a link cannot be in these
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text between two tags.

    Attributes:
        element: The element that it is the ``text`` or the ``tail`` of.
        parent: The parent of ``element`` if it is the tail, None if it is the text.
        start: Its offset in the text of the run.
        text: The text.
        is_linkable: Whether a link may be put into it.
    """

    element: Element
    parent: Element | None
    start: int
    text: str
    is_linkable: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The text of a block between two inner blocks.

    Attributes:
        block: The block element.
        pieces: The pieces of the text, in order.
    """

    block: Element
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole text; Hangul in code and links, which are names, is replaced by ``-``."""
        return "".join(
            piece.text if piece.is_linkable else _HANGUL.sub("-", piece.text)
            for piece in self.pieces
        )

    def can_wrap(self, start: int, end: int) -> bool:
        """Whether a span of the text lies within one piece that is linkable."""
        return self._piece(start, end) is not None

    def wrap(self, start: int, end: int, element: Element) -> None:
        """Put a span of the text into an element. Wrap several spans from last to first.

        Raises:
            ValueError: The span cannot be wrapped.
        """
        piece = self._piece(start, end)
        if piece is None:
            raise ValueError(f"no open piece holds {self.text[start:end]!r}")
        text = (piece.element.text if piece.parent is None else piece.element.tail) or ""
        before, after = text[: start - piece.start], text[end - piece.start :]
        element.text, element.tail = text[len(before) : end - piece.start], after
        if piece.parent is None:
            piece.element.text = before
            piece.element.insert(0, element)
        else:
            piece.element.tail = before
            piece.parent.insert([*piece.parent].index(piece.element) + 1, element)

    def _piece(self, start: int, end: int) -> Piece | None:
        for piece in self.pieces:
            if piece.start <= start and end <= piece.start + len(piece.text):
                return piece if piece.is_linkable else None
        return None


def text_runs(block: Element, is_block: Callable[[str], bool], skipped: set[str]) -> Iterator[Run]:
    """Yield the texts of a block and of the blocks in it.

    Args:
        block: The block element.
        is_block: Whether a tag is that of a block.
        skipped: Tags of blocks to leave out.
    """
    pieces = [*_pieces(block, None, block.text, 0, is_linkable=True)]
    for child in block:
        if is_block(child.tag):
            yield Run(block, pieces)
            if child.tag not in skipped:
                yield from text_runs(child, is_block, skipped)
            pieces = []
        else:
            pieces += _pieces_inside(child, _end(pieces), is_linkable=True)
        pieces += _pieces(child, block, child.tail, _end(pieces), is_linkable=True)
    yield Run(block, pieces)


def _pieces_inside(element: Element, start: int, *, is_linkable: bool) -> list[Piece]:
    """The pieces of an inline element."""
    is_linkable = is_linkable and element.tag not in _UNLINKABLE
    pieces = [*_pieces(element, None, element.text, start, is_linkable=is_linkable)]
    for child in element:
        pieces += _pieces_inside(child, _end(pieces, start), is_linkable=is_linkable)
        pieces += _pieces(child, element, child.tail, _end(pieces, start), is_linkable=is_linkable)
    return pieces


def _pieces(
    element: Element, parent: Element | None, text: str | None, start: int, *, is_linkable: bool
) -> Iterator[Piece]:
    if text:
        yield Piece(element, parent, start, text, is_linkable)


def _end(pieces: list[Piece], start: int = 0) -> int:
    return pieces[-1].start + len(pieces[-1].text) if pieces else start
