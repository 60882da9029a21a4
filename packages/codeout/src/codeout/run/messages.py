"""Messages of a worker to its parent, in addition to events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codeout.run.access import Touched


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The worker itself failed, outside of the page's blocks."""

    why: str


@dataclass(frozen=True, slots=True)
class PrologueFailed:
    """The code that runs before the first block failed."""

    why: str


@dataclass(frozen=True, slots=True)
class PluginFailed:
    """A plugin does not do what it has to."""

    why: str


@dataclass(frozen=True, slots=True)
class Closing:
    """Final message of a worker that finished normally; see ``Ended`` for the attributes."""

    device: str
    touched: Touched


@dataclass(frozen=True, slots=True)
class Parked:
    """A process of a live page waits for commands.

    Attributes:
        pid: The process.
        doubt: Why it cannot be forked; empty if it can.
    """

    pid: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ForkEnded:
    """The fork of a checkpoint has been terminated.

    Attributes:
        status: Its exit status; a signal as a negative number.
        spoilt: Whether the files of the checkpoint could not be restored.
    """

    status: int
    spoilt: bool = False


NO_CLOSING: Final = Closing("cpu", Touched())
"""In place of the message of a worker that did not finish normally."""
