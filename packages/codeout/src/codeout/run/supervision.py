"""Supervises one running page from its parent: reads messages, keeps time, ends what goes wrong."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol, TypeVar

from codeout.run.events import Ended, Lasting
from codeout.run.forkserver import start
from codeout.run.messages import NO_CLOSING, PluginFailed, PrologueFailed, WorkerFailed
from codeout.run.process import PageProcess
from codeout.run.reasons import (
    FORGED,
    START_SECONDS,
    Reason,
    failed,
    plugin_failed,
    prologue_failed,
    too_slow,
)
from codeout.run.slow_notice import SlowNotice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.run.channel import Channel
    from codeout.run.events import LiveEvent
    from codeout.run.job import Job, Limits
    from codeout.run.messages import Closing
    from codeout.run.parents import Serve, Start
    from codeout.run.protocol import Message

E_co = TypeVar("E_co", bound="LiveEvent", covariant=True)


class Supervised(Protocol[E_co]):
    """What a supervisor asks of its page."""

    @property
    def busy(self) -> bool:
        """Whether something is to be waited for."""

    @property
    def channel(self) -> Channel:
        """Where the next message comes from."""

    def receive(self, message: Message) -> Iterator[E_co]:
        """Take a message from the page's process.

        Raises:
            EOFError: The process is gone.
            OSError: Likewise.
            ValueError: The message cannot be true: the page itself may have sent it.
        """

    def interrupt(self, reason: Reason | None) -> Ended:
        """End the block that runs; ``reason`` is None if its process has ended by itself."""

    def abort(self, reason: Reason) -> Ended:
        """End the whole page: its process cannot be trusted, or has failed."""


class Supervisor:
    """Owns the process of one page and the clock of its blocks.

    Args:
        serve: What runs in the process; see ``codeout.run.forkserver.start``.
        job: The page.
        limits: How to run it.
        duplex: Whether the process takes commands while it runs.
        begin: What starts the process.

    Attributes:
        process: The process.
        began: When it was started, in seconds since the epoch.
    """

    def __init__(
        self,
        serve: Serve,
        job: Job,
        limits: Limits,
        *,
        duplex: bool = False,
        begin: Start = start,
    ) -> None:
        self.began = time.time()
        self._path = job.path
        self._index = 0
        self._limit: float | None = None
        self._notice: SlowNotice | None = None
        self.process = PageProcess(serve, job, limits, duplex=duplex, begin=begin)
        self.allow(None)

    @property
    def block_runs(self) -> bool:
        """Whether a block has begun and not finished."""
        return self._notice is not None

    def begin_block(self, index: int, limit: float) -> None:
        """Measure a block from now on; it may take ``limit`` seconds."""
        self.process.begin_block()
        self.allow(limit)
        self._index = index
        self._notice = SlowNotice(time.monotonic())

    def allow(self, limit: float | None) -> None:
        """Have the process do something between blocks.

        Args:
            limit: Seconds that it may take; None for the start of the page.
        """
        self._notice = None
        self._limit = limit
        self._deadline = time.monotonic() + (START_SECONDS if limit is None else limit)

    def news(self, page: Supervised[E_co]) -> Iterator[E_co | Lasting | Ended]:
        """What has happened to a page since the last call, of which this is the supervisor."""
        while page.busy and page.channel.poll():
            try:
                message = page.channel.receive()
                if isinstance(message, WorkerFailed):
                    yield page.abort(failed(message.why))
                elif isinstance(message, PrologueFailed):
                    yield page.abort(prologue_failed(message.why))
                elif isinstance(message, PluginFailed):
                    yield page.abort(plugin_failed(message.why))
                else:
                    yield from page.receive(message)
            except (EOFError, OSError):
                yield page.interrupt(None)
            except ValueError:
                yield page.abort(FORGED)
        if page.busy:
            yield from self._check(page)

    def _check(self, page: Supervised[E_co]) -> Iterator[Lasting | Ended]:
        now = time.monotonic()
        if not self.process.alive and not page.channel.poll():
            yield page.interrupt(None)
        elif now > self._deadline:
            yield page.interrupt(too_slow(self._limit))
        elif reason := self.process.printed_too_much():
            yield page.interrupt(reason)
        elif self._notice and (seconds := self._notice.due(now)):
            yield Lasting(self._path, self._index, seconds)

    def ended(
        self,
        job: Job,
        *,
        seconds: float,
        index: int,
        reason: Reason | None = None,
        closing: Closing = NO_CLOSING,
    ) -> Ended:
        """The last event of a page.

        Args:
            job: The page.
            seconds: How long it ran.
            index: The block that began last.
            reason: Why it was ended before its time; None if it was not.
            closing: What its process measured.
        """
        return Ended(
            path=job.path,
            seconds=seconds,
            work=str(self.process.work),
            died=reason.message if reason else "",
            hint=reason.hint if reason else "",
            printed=self.process.last_printed if reason and reason is not FORGED else "",
            index=index,
            device=closing.device,
            stand_ins=job.stand_ins,
            touched=closing.touched,
            began=self.began,
        )
