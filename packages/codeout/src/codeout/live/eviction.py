"""Which checkpoints to evict, so that live pages stay within their limits.

A checkpoint saves, after each edit of the blocks up to the next one, the seconds since the one
before. Those that save least go first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint.

    Attributes:
        page: Path of its page.
        index: The block that it waits before.
        size: Its memory, in bytes.
        seconds: How long the blocks before it ran.
    """

    page: str
    index: int
    size: int
    seconds: float = 0.0


def surplus(
    pages: Sequence[Sequence[Kept]], most: int, size: int, running: Container[str] = ()
) -> list[Kept]:
    """The checkpoints to evict, those that save least first.

    The first checkpoint of a page is the page itself: it goes with the last, and never on a page
    that runs, nor on the one edited last. The last one never goes alone: the page resumes there.

    Args:
        pages: The checkpoints of each page in order; the page edited last comes last.
        most: How many may stay.
        size: How much memory they may use, in bytes.
        running: The pages that run.
    """
    left = [[*page] for page in pages]
    gone: list[Kept] = []
    while any(left):
        there = [kept for page in left for kept in page]
        if len(there) <= most and sum(kept.size for kept in there) <= size:
            break
        steps = sorted(_steps(left, running), key=lambda step: step[0])
        if not steps:
            break
        _, at, step = steps[0]
        gone.append(step[0])
        left[at] = [kept for kept in left[at] if kept not in step]
    return gone


def _steps(
    pages: Sequence[Sequence[Kept]], running: Container[str]
) -> Iterator[tuple[float, int, list[Kept]]]:
    """What can go together next: the seconds that are lost, the index of the page, the step."""
    for at, page in enumerate(pages):
        for before, kept, after in zip(page, page[1:], page[2:], strict=False):
            lost = (after.index - kept.index) * (kept.seconds - before.seconds)
            yield lost, at, [kept]
        if 0 < len(page) <= 2 and at < len(pages) - 1 and page[0].page not in running:  # noqa: PLR2004
            yield (page[-1].index + 1) * page[-1].seconds, at, [page[0], *page[1:]]
