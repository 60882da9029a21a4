"""Runs pages side by side, each in a process of its own."""

from __future__ import annotations

from collections import deque
from multiprocessing import connection
from typing import TYPE_CHECKING, Final

from codeout.run.forkserver import warm
from codeout.run.page import RunningPage
from codeout.run.parents import ServerGoneError
from codeout.run.reapers import Reapers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.run.events import Event
    from codeout.run.job import Job, Limits
    from codeout.run.parents import Resident

_POLL_SECONDS: Final = 0.2


def run_jobs(
    jobs: Sequence[Job],
    limits: Limits,
    more: deque[Job] | None = None,
    resident: Resident | None = None,
) -> Iterator[Event]:
    """Run pages side by side and tell what happens as it happens.

    Closing the iterator, or an exception in the caller, kills what still runs.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.
        more: Where the caller puts other jobs as events come; they are taken out and run as well.
        resident: The server that starts the pages, as long as it answers; by default, our own.

    Yields:
        For each page, ``Started`` and ``Finished`` for each block that ran, then ``Ended``; between
        the two, ``Lasting`` for a block that takes its time.
    """
    waiting = deque(jobs)
    more = deque() if more is None else more
    running: list[RunningPage] = []
    reapers = Reapers()
    if waiting and not resident:
        warm(limits)
    try:
        while waiting or running or more:
            while more:
                waiting.append(more.popleft())
            while waiting and len(running) < limits.workers:
                page, resident = _begin(waiting.popleft(), limits, resident, reapers)
                running.append(page)
            waitables = [each for page in running for each in page.waitables]
            connection.wait(waitables, timeout=_POLL_SECONDS)
            for page in tuple(running):
                yield from page.news()
                if not page.busy:
                    running.remove(page)
    finally:
        for page in running:
            page.close()
        reapers.close()
        if resident:
            resident.close()


def _begin(
    job: Job, limits: Limits, resident: Resident | None, reapers: Reapers
) -> tuple[RunningPage, Resident | None]:
    """Begin a page, and tell which server begins the next one."""
    if resident:
        try:
            return RunningPage(job, limits, resident.start), resident
        except ServerGoneError:
            resident.close()
            warm(limits)
    return RunningPage(job, limits, reapers.start), None
