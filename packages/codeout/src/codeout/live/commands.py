"""Commands to the processes of a live page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codeout.run.job import Cell


@dataclass(frozen=True, slots=True)
class Fork:
    """Run a block in a fork, which uses the connection that is sent next.

    Attributes:
        cell: The block.
        chain: Process IDs of the checkpoints up to this one, which may be alive.
    """

    cell: Cell
    chain: frozenset[int]


@dataclass(frozen=True, slots=True)
class Advance:
    """Run a block in this process itself; see ``Fork`` for the attributes."""

    cell: Cell
    chain: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cut:
    """Terminate the fork and all that it started, then restore files; answered by ``ForkEnded``.

    Attributes:
        chain: Process IDs of the checkpoints that stay.
    """

    chain: frozenset[int]


@dataclass(frozen=True, slots=True)
class Close:
    """Report the accesses up to here; answered by ``Closing``."""


Command = Fork | Advance | Cut | Close
