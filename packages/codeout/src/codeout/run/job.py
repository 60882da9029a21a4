"""What a pool is given: pages made ready to run, and how to run them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

    from codeout.data.assets import Fetched
    from codeout.output.model import Ran


@dataclass(frozen=True, slots=True)
class Cell:
    """One block, ready to run: its code with includes expanded, and what it may do.

    Attributes:
        code: What runs.
        timeout: Seconds it may take.
        raises: Name of the exception that it must raise; empty for none.
        may_fail: It may raise anything, or nothing.
    """

    code: str
    timeout: float
    raises: str = ""
    may_fail: bool = False

    def forgives(self, ran: Ran) -> bool:
        """Whether the page goes on after this run of the cell."""
        if ran.error is None:
            return True
        return ran.error.is_a(self.raises) if self.raises else self.may_fail

    def ends_page(self, ran: Ran) -> bool:
        """Whether no other cell follows this run: it failed, or was refused another machine."""
        return bool(ran.refused) or not self.forgives(ran)


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
        lifeline: When its other end closes, the page and all that it started are killed.
        scratch: Its folder, made by it and removed in the end; the blocks see ``work`` in it.
    """

    parent: Connection
    lifeline: Connection
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
