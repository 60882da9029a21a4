"""A page that runs once, from its first block to its last."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from codeout.run.events import Finished, Started
from codeout.run.forkserver import start
from codeout.run.interrupt import GRACE_SECONDS
from codeout.run.messages import NO_CLOSING, Closing
from codeout.run.supervision import Supervisor
from codeout.run.worker import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.run.channel import Channel
    from codeout.run.events import Ended, Event
    from codeout.run.job import Job, Limits
    from codeout.run.parents import Start
    from codeout.run.protocol import Message
    from codeout.run.reasons import Reason


class RunningPage:
    """A page in a process of its own, which runs all of its blocks by itself.

    Args:
        job: The page.
        limits: How to run it.
        begin: What starts its process.

    Attributes:
        busy: Whether it still runs.
    """

    def __init__(self, job: Job, limits: Limits, begin: Start = start) -> None:
        self.busy = True
        self._job = job
        self._limits = limits
        self._begun = 0  # blocks
        self._complete = False
        self._start = time.monotonic()
        self._supervisor = Supervisor(serve, job, limits, begin=begin)

    @property
    def channel(self) -> Channel:
        """Where messages come from."""
        return self._supervisor.process.channel

    @property
    def waitables(self) -> list[int]:
        """Descriptors that become ready when there is news."""
        return [self.channel.fileno(), self._supervisor.process.sentinel]

    def news(self) -> Iterator[Event]:
        """What has happened since the last call."""
        return self._supervisor.news(self)

    def receive(self, message: Message) -> Iterator[Event]:
        """See ``codeout.run.supervision.Supervised``."""
        next_one, running = (self._job.path, self._begun), self._supervisor.block_runs
        match message:
            case Started(path, index) if (
                (path, index) == next_one and not running and not self._complete
            ):
                self._begin(index)
                yield message
            case Finished(path, index, ran) if (path, index + 1) == next_one and running:
                cell = self._job.cells[index]
                fail_fast, thorough = self._limits.fail_fast, self._limits.thorough
                ends = cell.ends_page(ran, fail_fast=fail_fast, thorough=thorough)
                self._complete = ends or self._begun == len(self._job.cells)
                self._supervisor.allow(cell.timeout)
                yield message
            case Closing() if self._complete:
                yield self._end(closing=message)
            case _:
                raise ValueError("not for a page to tell")

    def _begin(self, index: int) -> None:
        if index == 0:
            self._start = time.monotonic()
        self._begun = index + 1
        grace = GRACE_SECONDS if self._limits.thorough else 0.0
        self._supervisor.begin_block(index, self._job.cells[index].timeout + grace)

    def interrupt(self, reason: Reason | None) -> Ended:
        """See ``codeout.run.supervision.Supervised``."""
        return self._end(reason or self._supervisor.process.why_it_ended())

    def abort(self, reason: Reason) -> Ended:
        """Likewise."""
        return self._end(reason)

    def _end(self, reason: Reason | None = None, closing: Closing = NO_CLOSING) -> Ended:
        self.close()
        return self._supervisor.ended(
            self._job,
            seconds=time.monotonic() - self._start,
            index=max(0, self._begun - 1),
            reason=reason,
            closing=closing,
        )

    def close(self) -> None:
        """End the page, and whatever it has started."""
        self.busy = False
        self._supervisor.process.close()
