"""Which checkpoints to let go of, so that live pages take no more than they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that is kept.

    Attributes:
        page: Which live page it belongs to.
        index: The block that it stands before.
        size: The memory that it takes, in bytes.
    """

    page: str
    index: int
    size: int


def surplus(pages: Sequence[Sequence[Kept]], most: int, size: int) -> list[Kept]:
    """The checkpoints to let go of: the oldest first, so that what is being edited stays near.

    The first of a page is the page itself and goes last; the page that was edited last keeps it.
    The last of a page is where it goes on, and never goes alone.

    Args:
        pages: The checkpoints of each page in their order; the page that was edited last comes
            last.
        most: How many may be kept.
        size: How much memory they may take, in bytes.
    """
    count = sum(map(len, pages))
    taken = sum(kept.size for page in pages for kept in page)
    gone: list[Kept] = []
    for step in _steps(pages):
        if count <= most and taken <= size:
            break
        gone.append(step[0])
        count -= len(step)
        taken -= sum(kept.size for kept in step)
    return gone


def _steps(pages: Sequence[Sequence[Kept]]) -> Iterator[list[Kept]]:
    """What goes together, in order: a page goes with its first checkpoint, and its last with it."""
    for page in pages:
        yield from ([kept] for kept in page[1:-1])
        if page and page is not pages[-1]:
            yield [page[0], *page[1:][-1:]]
