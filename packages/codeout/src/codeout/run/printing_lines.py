"""Finds out which line of a block prints what."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from codeout.run.block_errors import BLOCK
from codeout.run.capture import without_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


@contextlib.contextmanager
def printing_lines(begin: Callable[[int], None]) -> Iterator[None]:
    """Call a function with a line of the block before that line prints.

    Standard error is left out: it is no output of a line.
    """
    before = sys.stdout
    sys.stdout = _Lines(before, begin)
    try:
        with without_errors():
            yield
    finally:
        sys.stdout = before


class _Lines:
    """A stream that tells from where it is written to."""

    def __init__(self, stream: Any, begin: Callable[[int], None]) -> None:
        self._stream = stream
        self._begin = begin

    def write(self, text: str) -> int:
        """Write a text, and tell which line does."""
        self._begin(_line_of(sys._getframe(1)))  # noqa: SLF001  # no other way to the caller
        return int(self._stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _line_of(frame: FrameType | None) -> int:
    """The line of the running block that a frame belongs to; 0 for none.

    A function of the block counts where it prints, and one of an earlier block where it is called.
    """
    lines: list[tuple[str, int]] = []
    while frame:
        if frame.f_code.co_filename.startswith(BLOCK):
            lines.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return next((line for file, line in lines if file == lines[-1][0]), 0)
