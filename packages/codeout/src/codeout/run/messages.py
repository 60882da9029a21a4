"""What the process of a page says to its parent besides the events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codeout.run.access import Touched


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The process of a page could not go on, for a reason that lies outside of its blocks."""

    why: str


@dataclass(frozen=True, slots=True)
class Closing:
    """The last word of a page's process that came to its end; as of ``Ended``."""

    device: str
    touched: Touched


@dataclass(frozen=True, slots=True)
class Parked:
    """A process of a live page waits for orders.

    Attributes:
        pid: The process.
        doubt: Why it cannot be forked; empty if it can.
    """

    pid: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ForkEnded:
    """What a process of a live page forked is there no more.

    Attributes:
        status: How it ended: an exit status, or a signal as a negative number.
        spoilt: Whether what lies outside of memory could not be brought back.
    """

    status: int
    spoilt: bool = False


NOTHING: Final = Closing("cpu", Touched())
"""The last word of a page that was not asked for it."""
