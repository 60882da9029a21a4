"""The process of a page, seen from outside: its folder, its guard, and why it came to an end."""

from __future__ import annotations

import contextlib
import multiprocessing
import secrets
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.fs.rmtree import remove
from codeout.run.channel import Channel
from codeout.run.forkserver import start
from codeout.run.job import Seat
from codeout.run.memory import kills
from codeout.run.worker import UNHEARD

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeout.run.job import Job, Limits

    _Serve = Callable[[Seat, Job, Limits], None]

START_SECONDS: Final = 300.0
"""How long a page may take to begin, with all that it preloads."""

FORGED: Final = (
    "the page's process told codeout what no page may tell",
    "a block must not write to descriptors that it did not open",
)
"""What is said of a message that no page sends, and what to do."""

_END_SECONDS: Final = 10.0
_RUNAWAY: Final = 16


class PageProcess:
    """One page's process and its guard.

    Args:
        serve: What runs in it; see ``codeout.run.forkserver.start``.
        job: The page.
        limits: How to run it.
        duplex: Whether the page is told anything once it runs.

    Attributes:
        channel: To the page.
        work: The working directory that its blocks see.
    """

    def __init__(
        self,
        serve: Callable[[Seat, Job, Limits], None],
        job: Job,
        limits: Limits,
        *,
        duplex: bool = False,
    ) -> None:
        name = f"codeout-{secrets.token_hex(8)}"
        self._scratch = Path(tempfile.gettempdir()).resolve() / name
        self._most_printed = _RUNAWAY * limits.printed
        self._kills_before = kills()
        self._printed_before = 0
        self.work = self._scratch / "work"
        ours, theirs = multiprocessing.Pipe(duplex)
        self.channel = Channel(ours)
        collar, self._leash = multiprocessing.Pipe(duplex=False)
        self._process = start(serve, Seat(theirs, collar, self._scratch), job, limits)
        theirs.close()
        collar.close()

    @property
    def sentinel(self) -> int:
        """What becomes ready when the process has ended."""
        return self._process.sentinel

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def begin_block(self) -> None:
        """Count what is printed from here on."""
        self._printed_before = self._printed()

    def why_it_runs_away(self) -> tuple[str, str]:
        """What to say of a block that prints without end, and what to do; empty for any other."""
        if self._printed() - self._printed_before <= self._most_printed:
            return "", ""
        return f"printed more than {self._most_printed:,} bytes; the page was stopped", "print less"

    def why_it_died(self, status: int | None = None) -> tuple[str, str]:
        """What to say of a process that ended by itself, and what to do.

        Args:
            status: How it ended, a signal as a negative number; by default, as the page did.
        """
        if status is None:
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

    def _printed(self) -> int:
        with contextlib.suppress(OSError):
            return (self._scratch / "printed").stat().st_size
        return 0

    def close(self) -> None:
        """Have the guard kill all that the page started, and remove what it wrote."""
        self._leash.close()
        self._process.join(_END_SECONDS)
        self._process.kill()
        self._process.join(_END_SECONDS)  # the server may be stopped, and tell nothing
        self.channel.close()
        remove(self._scratch)  # where the guard itself was killed


def why_it_is_late(limit: float | None) -> tuple[str, str]:
    """What to say of a page that was stopped for its slowness, and what to do.

    Args:
        limit: The seconds that its block may take; None where no block has begun.
    """
    if limit is None:
        message = f"did not start within {START_SECONDS:g} s; the page was stopped"
        return message, "`preload` in [tool.codeout] may take too long"
    hint = "make it faster, or allow more with `codeout: timeout=SECONDS`"
    return f"still running after {limit:g} s; the page was stopped", hint
