"""Interrupts a block that takes too long, so that its page can go on."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, Final

from codeout.run.block_errors import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

GRACE_SECONDS: Final = 5.0
"""How long a block that is interrupted may take to end; then its page is ended."""


_AGAIN_SECONDS: Final = 0.1
"""When to look again, if what runs is not the block but what handles it."""

_LOOP: Final = "run_until_complete"  # while a block awaits something, none of its frames is there


class TooSlow(BaseException):  # told with its name, like the errors of pages
    """A block has taken too long; no error, so that pages do not handle it."""


@contextlib.contextmanager
def interrupting(seconds: float) -> Iterator[None]:
    """Raise ``TooSlow`` in code that takes longer; where there are no alarms, do nothing."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def interrupt(_: int, frame: FrameType | None) -> None:
        if _runs_block(frame):
            raise TooSlow(f"still running after {seconds:g} s")

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _runs_block(frame: FrameType | None) -> bool:
    """Whether a frame belongs to what a block does, so that its session handles an exception."""
    while frame:
        if frame.f_code.co_filename.startswith(BLOCK) or frame.f_code.co_name == _LOOP:
            return True
        frame = frame.f_back
    return False
