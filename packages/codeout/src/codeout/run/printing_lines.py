"""Finds out which line of a block prints what."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any, Final

from codeout.run.block_errors import BLOCK
from codeout.run.capture import without_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


_SHELL: Final = "IPython.core.interactiveshell"


@contextlib.contextmanager
def printing_lines(begin: Callable[[int], None]) -> Iterator[None]:
    """Call a function with a line of the block before that line prints.

    What the block itself writes to standard error is printed, too; what libraries write there, such
    as warnings, is left out.
    """
    before = sys.stdout
    sys.stdout = lines = _Lines(before, begin)
    try:
        with without_errors():
            sys.stderr = _OwnErrors(sys.stderr, lines)
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


class _OwnErrors:
    """Standard error, of which only what the block writes itself is printed."""

    def __init__(self, stream: Any, lines: _Lines) -> None:
        self._stream = stream
        self._lines = lines

    def write(self, text: str) -> int:
        """Write a text."""
        writer: FrameType | None = sys._getframe(1)  # noqa: SLF001  # see above
        while (
            writer and writer.f_globals.get("__name__") == _SHELL
        ):  # which records what is printed
            writer = writer.f_back
        own = writer and writer.f_code.co_filename.startswith(BLOCK)
        return self._lines.write(text) if own else len(text)

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
