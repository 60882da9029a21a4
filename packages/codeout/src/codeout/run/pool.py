"""Runs pages side by side, each in a process of its own."""

from __future__ import annotations

from collections import deque
from multiprocessing import connection
from typing import TYPE_CHECKING, Final

from codeout.run.forkserver import warm
from codeout.run.page import RunningPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.run.events import Event
    from codeout.run.job import Job, Limits

_POLL_SECONDS: Final = 0.2


def run_jobs(
    jobs: Sequence[Job], limits: Limits, more: deque[Job] | None = None
) -> Iterator[Event]:
    """Run pages side by side and tell what happens as it happens.

    Closing the iterator, or an exception in the caller, kills what still runs.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.
        more: Where the caller puts other jobs as events come; they are taken out and run as well.

    Yields:
        For each page, ``Started`` and ``Finished`` for each block that ran, then ``Ended``; between
        the two, ``Lasting`` for a block that takes its time.
    """
    waiting = deque(jobs)
    more = deque() if more is None else more
    running: list[RunningPage] = []
    if waiting:
        warm(limits)
    try:
        while waiting or running or more:
            while more:
                waiting.append(more.popleft())
            while waiting and len(running) < limits.workers:
                running.append(RunningPage(waiting.popleft(), limits))
            waitables = [each for page in running for each in page.waitables]
            connection.wait(waitables, timeout=_POLL_SECONDS)
            for page in tuple(running):
                yield from page.news()
                if not page.busy:
                    running.remove(page)
    finally:
        for page in running:
            page.close()
