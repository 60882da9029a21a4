"""Interrupts a block that takes too long, so that its page can go on."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

GRACE_SECONDS: Final = 5.0
"""How long a block that is interrupted may take to end; then its page is ended."""


class TooSlow(BaseException):  # told with its name, like the errors of pages
    """A block has taken too long; no error, so that pages do not handle it."""


@contextlib.contextmanager
def interrupting(seconds: float) -> Iterator[None]:
    """Raise ``TooSlow`` in code that takes longer; where there are no alarms, do nothing."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def interrupt(_: int, __: FrameType | None) -> None:
        raise TooSlow(f"still running after {seconds:g} s")

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
