"""Shards: the pages of a project divided among several machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.engine.page_file import PageFile
    from codeout.lock.lockfile import Lock

    _Page = TypeVar("_Page", bound=PageFile)

START: Final = 0.05
"""Seconds that each page takes beside what its blocks take."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of a project.

    Attributes:
        number: Which one, counted from 1.
        of: How many there are.
    """

    number: int
    of: int


def pages_of(shard: Shard, pages: Sequence[_Page], lock: Lock) -> list[_Page]:
    """The pages of a shard: with the same lock, every page is in exactly one of all shards.

    The longest page goes first, each to the shard that has least to do (Graham's rule of longest
    processing time), so no shard takes more than 4/3 of the shortest time that is possible.

    Args:
        shard: The shard.
        pages: All pages.
        lock: The records, with the seconds of each page; a page without one counts as the median.
    """
    from statistics import median  # it takes a while, and most commands have no shards

    known = {page.path: record.seconds for page in pages if (record := lock.get(page.path))}
    unknown = median(known.values()) if known else 1.0
    load = [0.0] * shard.of
    ours: set[str] = set()
    for seconds, path in sorted((-known.get(page.path, unknown), page.path) for page in pages):
        least = min(range(shard.of), key=load.__getitem__)
        load[least] += START - seconds
        if least == shard.number - 1:
            ours.add(path)
    return [page for page in pages if page.path in ours]
