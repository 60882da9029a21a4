"""Sessions in processes of their own: side by side, timed, and ended by their guards."""

from __future__ import annotations

import time
from collections import deque
from multiprocessing import connection
from typing import TYPE_CHECKING, Final

from codeout.run.events import Ended, Finished, Lasting, Started
from codeout.run.forkserver import warm
from codeout.run.messages import NOTHING, Closing, WorkerFailed
from codeout.run.process import FORGED, START_SECONDS, PageProcess, why_it_is_late
from codeout.run.slow_notice import Patience
from codeout.run.worker import serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.output.model import Ran
    from codeout.run.events import Event
    from codeout.run.job import Job, Limits

_GLANCE_SECONDS: Final = 0.2


def run_jobs(jobs: Sequence[Job], limits: Limits) -> Iterator[Event]:
    """Run pages side by side and tell what happens as it happens.

    Closing the iterator, or an exception in the caller, kills what still runs.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.

    Yields:
        For each page, ``Started`` and ``Finished`` for each block that ran, then ``Ended``; between
        the two, ``Lasting`` for a block that takes its time.
    """
    waiting = deque(jobs)
    running: list[_Running] = []
    if waiting:
        warm(limits)
    try:
        while waiting or running:
            while waiting and len(running) < limits.workers:
                running.append(_Running(waiting.popleft(), limits))
            _wait_for_news(running)
            for page in tuple(running):
                yield from page.news()
                if page.over:
                    running.remove(page)
    finally:
        for page in running:
            page.close()


class _Running:
    """One page that is running, seen from the parent."""

    def __init__(self, job: Job, limits: Limits) -> None:
        self.over = False
        self._job = job
        self._index = -1
        self._complete = False
        self._patience: Patience | None = None
        self._began = time.monotonic()
        self._since = time.time()
        self.process = PageProcess(serve, job, limits)
        self._deadline = time.monotonic() + START_SECONDS

    def news(self) -> Iterator[Event]:
        while not self.over and self.process.channel.says_something():
            try:
                message = self._read()
            except EOFError:
                yield self._end(*self.process.why_it_died())
                return
            except ValueError:
                yield self._end(*FORGED)
                return
            if isinstance(message, WorkerFailed):
                yield self._end(f"the page's process broke: {message.why}")
                return
            if isinstance(message, Closing):
                yield self._end(closing=message)
                return
            if isinstance(message, Started):
                self._begin(message.index)
            else:
                self._finish(message.ran)
            yield message
        if not self.over:
            yield from self._look_after()

    def _begin(self, index: int) -> None:
        """Measure a block that begins."""
        now = time.monotonic()
        if index == 0:
            self._began = now
        self._index = index
        self.process.begin_block()
        self._deadline = now + self._job.cells[index].timeout
        self._patience = Patience(now)

    def _finish(self, ran: Ran) -> None:
        self._patience = None
        self._deadline = time.monotonic() + self._job.cells[self._index].timeout
        stopped = bool(ran.refused) or not self._job.cells[self._index].forgives(ran)
        self._complete = stopped or self._index + 1 == len(self._job.cells)

    def _read(self) -> Started | Finished | Closing | WorkerFailed:
        """What the page's process says; the page may have said it in its place.

        Raises:
            ValueError: It cannot be true.
        """
        here = self._job.path, self._index
        between = self._patience is None and not self._complete
        match self.process.channel.hear():
            case Started(path, index) as message if between and (path, index - 1) == here:
                return message
            case Finished(path, index) as message if self._patience and (path, index) == here:
                return message
            case Closing() as message if self._complete:
                return message
            case WorkerFailed() as message:
                return message
        raise ValueError("not for a page to tell")

    def _look_after(self) -> Iterator[Event]:
        now = time.monotonic()
        if not self.process.alive and not self.process.channel.says_something():
            yield self._end(*self.process.why_it_died())
        elif now > self._deadline:
            limit = self._job.cells[self._index].timeout if self._index >= 0 else None
            yield self._end(*why_it_is_late(limit))
        elif (why := self.process.why_it_runs_away())[0]:
            yield self._end(*why)
        elif self._patience and (seconds := self._patience.due(now)):
            yield Lasting(self._job.path, self._index, seconds)

    def _end(self, died: str = "", hint: str = "", closing: Closing = NOTHING) -> Ended:
        self.close()
        return Ended(
            self._job.path,
            time.monotonic() - self._began,
            str(self.process.work),
            died,
            hint,
            max(0, self._index),
            closing.device,
            self._job.stand_ins,
            closing.touched,
            self._since,
        )

    def close(self) -> None:
        """End the page, and whatever it has started."""
        self.over = True
        self.process.close()


def _wait_for_news(running: Sequence[_Running]) -> None:
    processes = [page.process for page in running]
    things = [each.channel.fileno() for each in processes]
    connection.wait([*things, *(each.sentinel for each in processes)], timeout=_GLANCE_SECONDS)
