"""The blocks of a page, of the kinds that matter for pairing two languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


class Kind(StrEnum):
    """The kind of a block."""

    PARAGRAPH = auto()
    HEADING = auto()
    TITLE = auto()  # of an admonition: both languages on one line
    LABEL = auto()  # of a tab or a term: both languages on one line, or a name
    TABLE = auto()
    ROW = auto()  # its cells are separated by tabs
    LIST = auto()
    ITEM = auto()
    QUOTE = auto()
    BOX = auto()  # an admonition, a tab, or an element that holds Markdown
    OTHER = auto()  # code, HTML, a rule


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page.

    Attributes:
        kind: Its kind.
        text: Its inline Markdown; empty if it has children.
        line: The line where it starts, counted from 1.
        children: The blocks in it.
        origin: The element that it was read from, if there is one.
    """

    kind: Kind
    text: str = ""
    line: int = 0
    children: tuple[Block, ...] = ()
    origin: Element | None = field(default=None, compare=False, repr=False)

    def walk(self) -> Iterator[Block]:
        """Yield the block and all blocks in it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def leaves(self) -> tuple[Block, ...]:
        """The blocks with text: those in it, or itself."""
        return tuple(block for block in self.walk() if block.text)
