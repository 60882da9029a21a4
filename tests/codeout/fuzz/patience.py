"""An end to waiting: on some pages the renderer itself never comes back."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Endless(BaseException):
    """Time is up; no ``except Exception`` of a library stops it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop Python code of the main thread that computes for longer.

    Args:
        seconds: Processor time, so that a busy machine stops nothing.

    Raises:
        Endless: The time is up.
    """
    before = signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _give_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Endless
