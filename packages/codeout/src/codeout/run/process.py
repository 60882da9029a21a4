"""The process of a page, seen from its parent: its folder, its reaper, and why it ended."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.fs.rmtree import remove
from codeout.run import reasons
from codeout.run.capture import after_last_mark
from codeout.run.channel import Channel
from codeout.run.forkserver import start
from codeout.run.job import Seat
from codeout.run.memory import oom_kills
from codeout.run.parents import ServerGoneError

if TYPE_CHECKING:
    from codeout.run.job import Job, Limits
    from codeout.run.parents import Serve, Start
    from codeout.run.reasons import Reason

_END_SECONDS: Final = 10.0
_RUNAWAY: Final = 16
_LAST_BYTES: Final = 1 << 12
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class PageProcess:
    """The worker of one page, and its reaper.

    Args:
        serve: What runs in it; see ``codeout.run.forkserver.start``.
        job: The page.
        limits: How to run it.
        duplex: Whether the worker takes commands while it runs.
        begin: What starts it.

    Raises:
        ServerGoneError: See ``codeout.run.parents.Resident``.

    Attributes:
        channel: Messages from the worker.
        work: The working directory that its blocks see.
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
        name = f"codeout-{secrets.token_hex(8)}"
        self._scratch = Path(tempfile.gettempdir()).resolve() / name
        self._most_printed = _RUNAWAY * limits.printed
        self._kills_before = oom_kills()
        self._printed_before = 0
        self._printed_file: int | None = None
        self._last_printed = ""
        self.work = self._scratch / "work"
        ours, theirs = multiprocessing.Pipe(duplex)
        self.channel = Channel(ours)
        collar, self._lifeline = multiprocessing.Pipe(duplex=False)
        seat = Seat(theirs, collar, self._scratch, dict(os.environ))
        try:
            self._process = begin(serve, seat, job, limits)
        except ServerGoneError:
            self._lifeline.close()  # if it comes after all, it ends at once
            self.channel.close()
            raise
        finally:
            theirs.close()
            collar.close()

    @property
    def sentinel(self) -> int:
        """The descriptor that becomes ready when the process has ended."""
        return self._process.sentinel

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def begin_block(self) -> None:
        """Count printed bytes from here on."""
        if self._printed_file is None:  # kept open: the reaper removes the folder
            with contextlib.suppress(OSError):
                self._printed_file = os.open(self._scratch / "printed", _READ)
        self._printed_before = self._printed()

    @property
    def last_printed(self) -> str:
        """The end of what the block that runs has printed."""
        if self._printed_file is not None:
            start = max(0, self._printed() - _LAST_BYTES)
            data = os.pread(self._printed_file, _LAST_BYTES, start)
            if start:  # the first line has lost its start
                data = data.partition(b"\n")[2] or data
            self._last_printed = after_last_mark(data).decode(errors="replace")
        return self._last_printed

    def printed_too_much(self) -> Reason | None:
        """The reason to stop a block that prints too much; None if it does not."""
        if self._printed() - self._printed_before <= self._most_printed:
            return None
        return reasons.printed_too_much(self._most_printed)

    def why_it_ended(self, status: int | None = None) -> Reason:
        """Why a process of the page ended by itself.

        Args:
            status: Its exit status, a signal as a negative number; by default, that of the worker.
        """
        if status is None:
            self._process.join(1)
            status = self._process.exitcode
        before, now = self._kills_before, oom_kills()
        return reasons.process_ended(status, None if before is None else before != now)

    def _printed(self) -> int:
        return os.fstat(self._printed_file).st_size if self._printed_file is not None else 0

    def close(self) -> None:
        """Have the reaper kill all that the page started, and remove its folder."""
        if self._printed_file is not None:
            self._last_printed = self.last_printed
            os.close(self._printed_file)
            self._printed_file = None
        self._lifeline.close()
        self._process.join(_END_SECONDS)
        self._process.kill()
        self._process.join(_END_SECONDS)  # a stopped server reports no exit
        self.channel.close()
        remove(self._scratch)  # in case the reaper was killed
