"""Where the processes of pages come from: our own server, or one that was there before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from codeout.run.job import Job, Limits, Seat


class Handle(Protocol):
    """A process of a page, as far as its parent uses it; see ``multiprocessing.Process``."""

    @property
    def sentinel(self) -> int:
        """The descriptor that becomes ready when the process has ended."""

    @property
    def exitcode(self) -> int | None:
        """Its exit status, a signal as a negative number; None if it is not known."""

    def is_alive(self) -> bool:
        """Whether it still runs."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, so many seconds at most."""

    def kill(self) -> None:
        """Kill it, if it still runs."""


Serve = Callable[["Seat", "Job", "Limits"], None]
"""What runs in the process of a page."""

Start = Callable[[Serve, "Seat", "Job", "Limits"], Handle]
"""What starts the process of a page; see ``codeout.run.forkserver.start``."""


class ServerGoneError(Exception):
    """The server that was there before cannot start a page; another one has to."""


class Resident(Protocol):
    """A server that was there before, for the pages that run once."""

    def start(self, serve: Serve, seat: Seat, job: Job, limits: Limits) -> Handle:
        """Start the process of a page.

        Raises:
            ServerGoneError: It does not answer any more.
        """

    def close(self) -> None:
        """Leave it."""
