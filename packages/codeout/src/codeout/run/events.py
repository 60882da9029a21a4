"""Events that callers get while pages run."""

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
    """A block of a page is still running.

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
    """A block of a page has finished, with or without an error."""

    path: str
    index: int
    ran: Ran


@dataclass(frozen=True, slots=True)
class Ended:
    """A page has ended.

    Attributes:
        path: The page.
        seconds: From its start to its end.
        work: The working directory that its blocks saw.
        died: Why it was ended early; empty if it was not.
        hint: What to do about it.
        printed: The end of what the block that began last had printed, if it was ended early.
        index: The block that began last.
        device: The accelerator that PyTorch found, or ``cpu``.
        stand_ins: Paths of its data files that were stand-ins.
        touched: Its accesses outside of its folder, if it was not ended early.
        began: When it began, in seconds since the epoch.
        home: The home folder where it ran, if that was another machine; empty for this one.
        site: The folders of packages and of the standard library there, likewise.
    """

    path: str
    seconds: float
    work: str
    died: str = ""
    hint: str = ""
    printed: str = ""
    index: int = 0
    device: str = "cpu"
    stand_ins: tuple[str, ...] = ()
    touched: Touched = Touched()
    began: float = 0.0
    home: str = ""
    site: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resumed:
    """A live page resumes after an edit.

    Attributes:
        path: The page.
        index: The block that it resumes with.
        seconds: How long the blocks before it ran earlier.
    """

    path: str
    index: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Doubted:
    """There is no checkpoint after a block.

    Attributes:
        path: The page.
        index: The block.
        doubt: Why its process cannot be forked.
    """

    path: str
    index: int
    doubt: str


Event = Started | Lasting | Finished | Ended
"""Events of a page that runs once."""

LiveEvent = Event | Resumed | Doubted
"""Events of a live page."""
