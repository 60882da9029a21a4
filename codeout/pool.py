"""Sessions in processes of their own: side by side, timed, and ended by their guards."""

from __future__ import annotations

import contextlib
import multiprocessing
import secrets
import shutil
import signal
import tempfile
import time
from collections import deque
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.job import Broke, Closing, Ended, Finished, Started
from codeout.memory import kills
from codeout.observed import Touched
from codeout.server import start, warm
from codeout.serving import UNHEARD
from codeout.wire import from_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.job import Event, Job, Limits

_START_SECONDS: Final = 300.0
_END_SECONDS: Final = 10.0
_GLANCE_SECONDS: Final = 0.2
_RUNAWAY: Final = 16
_FORGED: Final = (
    "the page's process told codeout what no page may tell",
    "a block must not write to descriptors that it did not open",
)
_NOTHING: Final = Closing("cpu", Touched())


def run_jobs(jobs: Sequence[Job], limits: Limits) -> Iterator[Event]:
    """Run pages side by side and tell what happens as it happens.

    Closing the iterator, or an exception in the caller, kills what still runs.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.

    Yields:
        For each page, ``Started`` and ``Finished`` for each block that ran, then ``Ended``.
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
        self._limits = limits
        name = f"codeout-{secrets.token_hex(8)}"
        self._scratch = Path(tempfile.gettempdir()).resolve() / name
        self._work = self._scratch / "work"
        self._index = -1
        self._kills_before = kills()
        self._began = time.monotonic()
        self._since = time.time()
        self._printed_before = 0
        self.connection, theirs = multiprocessing.Pipe(duplex=False)
        collar, self._leash = multiprocessing.Pipe(duplex=False)
        self._process = start(theirs, collar, self._scratch, job, limits)
        theirs.close()
        collar.close()
        self._deadline = time.monotonic() + _START_SECONDS

    @property
    def sentinel(self) -> int:
        return self._process.sentinel

    def news(self) -> Iterator[Event]:
        while not self.over and self._says_something():
            try:
                message = self._read()
            except (EOFError, OSError):
                yield self._end(*self._why_it_died())
                return
            except ValueError:
                yield self._end(*_FORGED)
                return
            if isinstance(message, Broke):
                yield self._end(f"the page's process broke: {message.why}")
                return
            if isinstance(message, Closing):
                yield self._end(closing=message)
                return
            if isinstance(message, Started):
                if message.index == 0:
                    self._began = time.monotonic()
                self._index = message.index
                self._printed_before = self._printed()
                self._deadline = time.monotonic() + self._job.cells[message.index].timeout
            yield message
        if not self.over:
            yield from self._look_after()

    def _read(self) -> Started | Finished | Closing | Broke:
        """What the page's process says; the page may have said it in its place.

        Raises:
            ValueError: It cannot be true.
        """
        message = from_line(self.connection.recv_bytes())
        if isinstance(message, Closing | Broke):
            return message
        if isinstance(message, Ended) or message.path != self._job.path:
            raise ValueError("not for a page to tell")
        if not 0 <= message.index < len(self._job.cells):
            raise ValueError("of no block")
        return message

    def _says_something(self) -> bool:
        try:
            return self.connection.poll()
        except OSError:
            return True

    def _look_after(self) -> Iterator[Event]:
        if not self._process.is_alive() and not self._says_something():
            yield self._end(*self._why_it_died())
        elif time.monotonic() > self._deadline:
            yield self._end(*self._why_it_is_late())
        elif self._printed() - self._printed_before > (most := _RUNAWAY * self._limits.printed):
            message = f"printed more than {most:,} bytes; the page was stopped"
            yield self._end(message, "print less")

    def _printed(self) -> int:
        with contextlib.suppress(OSError):
            return (self._scratch / "printed").stat().st_size
        return 0

    def _why_it_died(self) -> tuple[str, str]:
        self._process.join(1)
        status = self._process.exitcode
        if status in (None, UNHEARD):
            hint = "close only what the page opened, and leave codeout in `sys.modules`"
            return "the page's process went silent", hint
        if status < 0:
            return self._why_it_was_killed(signal.Signals(-status))
        hint = "a page cannot end the process that runs it; remove `os._exit`"
        return f"the page's process ended with status {status}", hint

    def _why_it_was_killed(self, by: signal.Signals) -> tuple[str, str]:
        if by is signal.SIGKILL and self._kills_before != kills():
            message = "memory ran out, and the system killed the page's process"
            return message, "use less memory, or run fewer pages at the same time with `--jobs`"
        message = f"the page's process was killed by {by.name}"
        if by is signal.SIGKILL and self._kills_before is None:
            message += "; the system kills with SIGKILL when memory runs out"
        return message, "run the block in a Python of its own to see more"

    def _why_it_is_late(self) -> tuple[str, str]:
        if self._index < 0:
            message = f"did not start within {_START_SECONDS:g} s; the page was stopped"
            return message, "`preload` in [tool.codeout] may take too long"
        limit = self._job.cells[self._index].timeout
        hint = "make it faster, or allow more with `codeout: timeout=SECONDS`"
        return f"still running after {limit:g} s; the page was stopped", hint

    def _end(self, died: str = "", hint: str = "", closing: Closing = _NOTHING) -> Ended:
        self.close()
        return Ended(
            self._job.path,
            time.monotonic() - self._began,
            str(self._work),
            died,
            hint,
            max(0, self._index),
            closing.device,
            tuple(file.asset.path for file in self._job.files if file.stand_in),
            closing.touched,
            self._since,
        )

    def close(self) -> None:
        """Have the guard kill all that the page started, and remove what it wrote."""
        self.over = True
        self._leash.close()
        self._process.join(_END_SECONDS)
        self._process.kill()
        self._process.join()
        self.connection.close()
        shutil.rmtree(self._scratch, ignore_errors=True)  # where the guard itself was killed


def _wait_for_news(running: Sequence[_Running]) -> None:
    things = [page.connection for page in running] + [page.sentinel for page in running]
    connection.wait(things, timeout=_GLANCE_SECONDS)
