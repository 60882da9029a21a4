"""What codeout tells the processes of a live page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fork:
    """Run a block in a fork, which takes over the connection that is sent next.

    Attributes:
        code: The block.
        chain: The processes that may be there meanwhile: the checkpoints up to this one.
    """

    code: str
    chain: frozenset[int]


@dataclass(frozen=True, slots=True)
class Advance:
    """Run a block in this process itself, which is then the state after it; as of ``Fork``."""

    code: str
    chain: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cut:
    """End what was forked, and whatever it started, and be as before; answered by ``ForkEnded``.

    Attributes:
        chain: The processes that stay.
    """

    chain: frozenset[int]


@dataclass(frozen=True, slots=True)
class Close:
    """Tell what was touched up to here; answered by ``Closing``."""


Command = Fork | Advance | Cut | Close
