"""Input of the pool: pages made ready to run, and how to run them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

    from codeout.data.assets import Fetched
    from codeout.output.model import Ran
    from codeout.run.module import Module


@dataclass(frozen=True, slots=True)
class Cell:
    """One block, ready to run.

    Attributes:
        code: Its code, with snippets expanded.
        timeout: Seconds it may take.
        raises: Name of the exception that it must raise; empty for none.
        may_fail: It may raise anything, or nothing.
        status: The status, besides 0, that its shell commands and scripts may end with.
        typed: Whether it is a statement typed at a prompt: all values are shown, as Python does.
        by_line: Whether to find out which of its lines prints what.
        module: If it is the first of a docstring: the module, with whose names it begins alone.
        shell: Whether it is a command for a shell, not Python.
        language: The language that a plugin runs it in; empty for Python, and for a command.
    """

    code: str
    timeout: float
    raises: str = ""
    may_fail: bool = False
    status: int = 0
    typed: bool = False
    by_line: bool = False
    module: Module | None = None
    shell: bool = False
    language: str = ""

    @property
    def tells_status(self) -> bool:
        """Whether a script that fails, as of ``%%bash``, counts by its status, not as an error."""
        return bool(self.status) or not (self.raises or self.may_fail)

    def forgives(self, ran: Ran) -> bool:
        """Whether this run of the cell is as its author expects."""
        return self.forgives_error(ran) and self.forgives_status(ran)

    def forgives_error(self, ran: Ran) -> bool:
        """Whether it raised nothing that its author does not expect."""
        if ran.error is None:
            return True
        return ran.error.is_a(self.raises) if self.raises else self.may_fail

    def forgives_status(self, ran: Ran) -> bool:
        """Whether its shell commands ended as its author expects."""
        return self.may_fail or set(ran.statuses) <= {self.status}

    def ends_page(self, ran: Ran, *, fail_fast: bool = False, thorough: bool = False) -> bool:
        """Whether no other cell may follow: a page without its data or module does not go on."""
        lacks = (bool(ran.refused) and not thorough) or ran.unimported >= 0
        return lacks or (fail_fast and not self.forgives(ran))


@dataclass(frozen=True, slots=True)
class Prologue:
    """Code that runs in the session before the first cell, and that nobody sees.

    Attributes:
        place: Where it stands, for messages.
        code: The code.
    """

    place: str
    code: str


@dataclass(frozen=True, slots=True)
class Job:
    """One page to run.

    Attributes:
        path: Its name.
        cells: In order.
        files: Data files to put into its working directory.
        setup: Python that runs before the first cell, in a namespace of its own.
        prologues: Code that runs after that, in the session.
        colour: Whether programs are asked to print colours, as on a terminal.
        interactive: The libraries whose figures are to be interactive.
        needs: What a worker of a cluster must offer, by the name of the resource.
        plugins: The names of the distributions of plugins.
        packages: The names of the distributions by whose versions outputs are chosen.
    """

    path: str
    cells: tuple[Cell, ...]
    files: tuple[Fetched, ...] = ()
    setup: str = ""
    prologues: tuple[Prologue, ...] = ()
    colour: bool = False
    interactive: tuple[str, ...] = ()
    needs: Mapping[str, float] = field(default_factory=dict)
    plugins: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Paths of the data files that are stand-ins."""
        return tuple(file.asset.path for file in self.files if file.stand_in)


@dataclass(frozen=True, slots=True)
class Limits:
    """How pages are run.

    Attributes:
        workers: How many pages run at the same time.
        preload: Modules that the server loads before the first page.
        environment: Variables in addition to those of every page.
        printed: Bytes of text that one block may print or show.
        offline: Whether connections to other machines are refused.
        fail_fast: Whether a page ends with the first block that fails; otherwise, all that fail are
            found in one run.
        thorough: Whether a page goes on after the network was refused to it, or after one of its
            blocks took too long; at its end, it tells which modules were loaded.
    """

    workers: int
    preload: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    printed: int = 1_000_000
    offline: bool = False
    fail_fast: bool = False
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """What connects a worker with its parent.

    Attributes:
        parent: Where it sends messages, ``Closing`` as the last.
        lifeline: When its other end closes, the worker and all that it started are killed.
        scratch: Its folder, which it creates; ``work`` in it is the blocks' working directory.
        environ: The variables of the parent: the server may be older, and have others.
    """

    parent: Connection
    lifeline: Connection
    scratch: Path
    environ: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Isolation:
    """How pages are isolated.

    Attributes:
        offline: Whether Python refuses connections to other machines.
        sandbox: Whether they run in bubblewrap, without network and most of this machine's files.
        option: The command's option that allows the network, for hints.
    """

    offline: bool = False
    sandbox: bool = False
    option: str = "--online"
