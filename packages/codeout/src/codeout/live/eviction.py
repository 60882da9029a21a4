"""Which checkpoints to evict, so that live pages stay within their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint.

    Attributes:
        page: Path of its page.
        index: The block that it waits before.
        size: Its memory, in bytes.
    """

    page: str
    index: int
    size: int


def surplus(pages: Sequence[Sequence[Kept]], most: int, size: int) -> list[Kept]:
    """The checkpoints to evict, those of the pages edited longest ago first.

    The first checkpoint of a page is the page itself: it is evicted last, and never on the page
    edited last. The last checkpoint of a page is never evicted alone: the page resumes there.

    Args:
        pages: The checkpoints of each page in order; the page edited last comes last.
        most: How many may stay.
        size: How much memory they may use, in bytes.
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
    """Groups to evict together, in order; a page's first checkpoint goes with its last."""
    for page in pages:
        yield from ([kept] for kept in page[1:-1])
        if page and page is not pages[-1]:
            yield [page[0], *page[1:][-1:]]
