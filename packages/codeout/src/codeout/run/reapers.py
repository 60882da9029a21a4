"""Starts pages under reapers that stay, each of which takes one page after another."""

from __future__ import annotations

import contextlib
import os
import pickle
from multiprocessing import Pipe, connection, reduction
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING, Final

from codeout.run.attending import attend
from codeout.run.forkserver import start_process

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from codeout.run.job import Job, Limits, Seat
    from codeout.run.parents import Serve

_END_SECONDS: Final = 1.0


class Reapers:
    """The reapers of a run of pages, as many as there are pages at the same time."""

    def __init__(self) -> None:
        self._reapers: list[_Reaper] = []

    def start(self, serve: Serve, seat: Seat, job: Job, limits: Limits) -> ReapedPage:
        """Start the process of a page that runs once; see ``codeout.run.forkserver.start``.

        Raises:
            ConfigError: See there.
        """
        del serve  # reapers know
        while idle := next((each for each in self._reapers if each.page.reaped), None):
            try:
                idle.start(seat, job, limits)
            except OSError:  # it was killed
                self._reapers.remove(idle)
            else:
                return idle.page
        fresh = _Reaper(limits)
        self._reapers.append(fresh)
        with contextlib.suppress(OSError):  # it was killed, and its page is told so
            fresh.start(seat, job, limits)
        return fresh.page

    def close(self) -> None:
        """End the reapers; those of pages that run end with their page."""
        for reaper in self._reapers:
            reaper.close()


class _Reaper:
    """A process that attends to one page after another.

    Attributes:
        page: The page that it has begun last.
    """

    page: ReapedPage

    def __init__(self, limits: Limits) -> None:
        self._line, theirs = Pipe()
        # A run may be left unfinished, and Python waits for all processes before it ends.
        self._hang_up = Finalize(self, self._line.close, exitpriority=0)
        with theirs:
            self._process = start_process(attend, (theirs,), limits)

    def start(self, seat: Seat, job: Job, limits: Limits) -> None:
        """Start the process of a page.

        Raises:
            OSError: The reaper is gone.
        """
        status, told = Pipe(duplex=False)
        self.page = ReapedPage(self._process, status)
        with told:
            for end in (told, seat.parent, seat.lifeline):
                reduction.send_handle(self._line, end.fileno(), self._process.pid)
            self._line.send_bytes(os.fsencode(seat.scratch))
            self._line.send_bytes(pickle.dumps((seat.environ, job, limits)))

    def close(self) -> None:
        """Let it end."""
        self._hang_up()
        self._process.join(_END_SECONDS)


class ReapedPage:
    """A page under a reaper that stays; see ``codeout.run.parents.Handle``.

    Args:
        reaper: The process of the reaper.
        status: Where it tells the exit status of the page.

    Attributes:
        exitcode: See ``Handle``; that of the reaper if it has ended before it could tell.
        reaped: Whether nothing is left of the page.
    """

    def __init__(self, reaper: BaseProcess, status: Connection) -> None:
        self.exitcode: int | None = None
        self.reaped = False
        self._reaper = reaper
        self._status = status

    @property
    def sentinel(self) -> int:
        """The descriptor that becomes ready when nothing of the page is left."""
        return self._status.fileno()

    def is_alive(self) -> bool:
        """Whether something may be left of it."""
        return not connection.wait([self._status], 0)

    def join(self, timeout: float | None = None) -> None:
        """Wait until nothing is left, and for the exit status."""
        if self.exitcode is None and connection.wait([self._status], timeout):
            with contextlib.suppress(EOFError, OSError):
                self.exitcode = int(self._status.recv_bytes())
                self.reaped = True
                return
            self._reaper.join(timeout)
            self.exitcode = self._reaper.exitcode

    def kill(self) -> None:
        """Kill the reaper, and the worker with it, if it has not told that the page is gone."""
        if self.exitcode is None:
            self._reaper.kill()
