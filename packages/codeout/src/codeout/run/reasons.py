"""Why a page was ended before its time, in words for its author."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Final

UNHEARD: Final = 113
"""The exit status of a worker that can no longer reach its parent."""

START_SECONDS: Final = 300.0
"""How long a page may take until its first block, modules to preload included."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page was ended.

    Attributes:
        message: What happened.
        hint: What to do about it; may be empty.
    """

    message: str
    hint: str = ""


FORGED: Final = Reason(
    "the page's process told codeout what no page may tell",
    "a block must not write to descriptors that it did not open",
)
"""A message that cannot be true."""

_SILENT: Final = Reason(
    "the page's process went silent",
    "close only what the page opened, and leave codeout in `sys.modules`",
)
OUT_OF_MEMORY: Final = Reason(
    "memory ran out, and the system killed the page's process",
    "use less memory, or run fewer pages at the same time with `--jobs`",
)
"""The system killed a process for lack of memory."""


def failed(why: str) -> Reason:
    """The worker itself failed, outside of the page's blocks."""
    return Reason(f"the page's process broke: {why}")


def prologue_failed(why: str) -> Reason:
    """The code that the settings have run before the first block failed."""
    return Reason(why, "correct the code there: it runs before the first block of the page")


def plugin_failed(why: str) -> Reason:
    """A plugin that the settings name does not do what it has to."""
    return Reason(why, "tell its authors, or take it out of `plugins` in [tool.codeout]")


def too_slow(limit: float | None) -> Reason:
    """A time limit was exceeded.

    Args:
        limit: Seconds that the block may take; None if no block had begun.
    """
    if limit is None:
        return Reason(
            f"did not start within {START_SECONDS:g} s; the page was stopped",
            "`preload` or `setup` in [tool.codeout] may take too long",
        )
    return Reason(
        f"still running after {limit:g} s; the page was stopped",
        "make it faster, or allow more with `codeout: timeout=SECONDS`",
    )


def printed_too_much(limit: int) -> Reason:
    """A block printed more than ``limit`` bytes while it ran."""
    return Reason(f"printed more than {limit:,} bytes; the page was stopped", "print less")


def process_ended(status: int | None, out_of_memory: bool | None) -> Reason:
    """The process ended by itself.

    Args:
        status: Its exit status, a signal as a negative number; None if unknown.
        out_of_memory: Whether the system killed a process for memory meanwhile; None if unknown.
    """
    if status in (None, UNHEARD):
        return _SILENT
    if status < 0:
        return _killed(signal.Signals(-status), out_of_memory)
    return Reason(
        f"the page's process ended with status {status}",
        "a page cannot end the process that runs it; remove `os._exit`",
    )


def _killed(by: signal.Signals, out_of_memory: bool | None) -> Reason:
    if by is signal.SIGKILL and out_of_memory:
        return OUT_OF_MEMORY
    message = f"the page's process was killed by {by.name}"
    if by is signal.SIGKILL and out_of_memory is None:
        message += "; the system kills with SIGKILL when memory runs out"
    return Reason(message, "run the block in a Python of its own to see more")
