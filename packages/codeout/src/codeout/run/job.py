"""What the pool is given, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from codeout.run.access import Touched

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

    from codeout.data.assets import Fetched
    from codeout.output.model import Ran
    from codeout.run.cell import Cell


@dataclass(frozen=True, slots=True)
class Job:
    """One page to run.

    Attributes:
        path: Its name.
        cells: In order.
        files: The data files that it finds beside it.
        setup: Python that runs before the first cell and leaves no trace in what the cells see.
    """

    path: str
    cells: tuple[Cell, ...]
    files: tuple[Fetched, ...] = ()
    setup: str = ""

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """The data files that are not the true ones."""
        return tuple(file.asset.path for file in self.files if file.stand_in)


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
class Limits:
    """How pages are run.

    Attributes:
        workers: How many pages run at the same time.
        preload: Modules that the server loads before the first page.
        environment: Variables beyond those that every page has.
        printed: Bytes of text that one block may print or show.
        offline: Whether pages are refused other machines.
    """

    workers: int
    preload: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    printed: int = 1_000_000
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """What ties the process of a page to codeout.

    Attributes:
        parent: Where it sends events, and last of all ``Closing``.
        leash: When its other end closes, the page and all that it started are killed.
        scratch: Its folder, made by it and removed in the end; the blocks see ``work`` in it.
    """

    parent: Connection
    leash: Connection
    scratch: Path


@dataclass(frozen=True, slots=True)
class Isolation:
    """What pages are kept from.

    Attributes:
        offline: Other machines, as far as Python itself can refuse them.
        sandbox: All of this machine that they need not see, and the network.
        option: What a user adds to the command to allow the network.
    """

    offline: bool = False
    sandbox: bool = False
    option: str = "--online"


@dataclass(frozen=True, slots=True)
class Broke:
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
class Gone:
    """What a process of a live page forked is there no more.

    Attributes:
        status: How it ended: an exit status, or a signal as a negative number.
        spoilt: Whether what lies outside of memory could not be brought back.
    """

    status: int
    spoilt: bool = False


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


NOTHING: Final = Closing("cpu", Touched())
"""The last word of a page that was not asked for it."""

Event = Started | Lasting | Finished | Ended
LiveEvent = Started | Lasting | Finished | Ended | Resumed | Doubted
