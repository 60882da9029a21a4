"""What a caller hears while pages run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.run.access import Touched

if TYPE_CHECKING:
    from codeout.output.model import Ran


@dataclass(frozen=True, slots=True)
class Started:
    """A block of a page begins."""

    path: str
    index: int


@dataclass(frozen=True, slots=True)
class Lasting:
    """A block of a page still runs.

    Attributes:
        path: The page.
        index: The block.
        seconds: How long it has run, at least.
    """

    path: str
    index: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A block of a page has run, well or not."""

    path: str
    index: int
    ran: Ran


@dataclass(frozen=True, slots=True)
class Ended:
    """A page is over.

    Attributes:
        path: The page.
        seconds: From its start to its end.
        work: The working directory that its blocks saw.
        died: What ended it before its time, in words; empty if nothing did.
        hint: What to do about it.
        index: The block that was running when it died.
        device: Where tensors could be put: ``cpu``, or the accelerator.
        stand_ins: The data files among the page's that were stand-ins.
        touched: What it touched outside of its folder, if it came to its end.
        began: When it began, in seconds since the epoch.
    """

    path: str
    seconds: float
    work: str
    died: str = ""
    hint: str = ""
    index: int = 0
    device: str = "cpu"
    stand_ins: tuple[str, ...] = ()
    touched: Touched = Touched()
    began: float = 0.0


@dataclass(frozen=True, slots=True)
class Resumed:
    """A page goes on after a change.

    Attributes:
        path: The page.
        index: The block that it goes on with, in the state that the blocks before it left.
        seconds: What the blocks before it took when they ran.
    """

    path: str
    index: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Doubted:
    """After a block there is no checkpoint.

    Attributes:
        path: The page.
        index: The block.
        doubt: Why its process cannot be forked.
    """

    path: str
    index: int
    doubt: str


Event = Started | Lasting | Finished | Ended
"""What a page says that runs once."""

LiveEvent = Event | Resumed | Doubted
"""What a page says that can be run again in part."""
