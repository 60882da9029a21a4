"""A cluster on paper: how long pages take on many workers that one scheduler serves."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import cycle, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AHEAD = 2
"""Pages that each worker has at the same time, as in ``codeout.cluster.queues``."""


def makespan(durations: Sequence[float], workers: int, dispatch: float) -> float:
    """Simulate a run: the longest page first, each to the worker that has had room for longest.

    Args:
        durations: Seconds that each page takes.
        workers: How many workers there are.
        dispatch: Seconds that the scheduler takes for each page, one after the other.

    Returns:
        The seconds until the last page has ended.
    """
    rooms = [(0.0, nth, worker) for nth in range(AHEAD) for worker in range(workers)]
    heapify(rooms)
    free = [0.0] * workers
    scheduler = 0.0
    for seconds in sorted(durations, reverse=True):
        since, _, worker = heappop(rooms)
        scheduler = max(scheduler, since) + dispatch
        free[worker] = max(free[worker], scheduler) + seconds
        heappush(rooms, (free[worker], AHEAD, worker))
    return max(free)


def lower_bound(durations: Sequence[float], workers: int) -> float:
    """The seconds below which no run can be: the longest page, or all work shared evenly."""
    return max(*durations, sum(durations) / workers)


def repeated(durations: Sequence[float], pages: int) -> list[float]:
    """As many durations as there are pages, by repeating some."""
    return [*islice(cycle(durations), pages)]
