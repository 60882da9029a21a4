"""Standard output and error as one file, taken at the level of file descriptors.

Both descriptors append to the same file, so what Python, C++ code and child processes print
stands in the order in which it was written, and nothing has to be read while a block runs.
"""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Capture:
    """The file that this process prints to, read piece by piece."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._taken = 0
        self._flush_c = ctypes.CDLL(None).fflush

    def install(self) -> None:
        """Put the file under descriptors 1 and 2, and nothing under 0."""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(self._file, 1)
        os.dup2(self._file, 2)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = _unbuffered(1)
        sys.stderr = _unbuffered(2)

    def take(self, limit: int) -> tuple[str, int]:
        """What was printed since the last call.

        Args:
            limit: How many bytes to keep at most.

        Returns:
            The text, bytes that are not UTF-8 as lone surrogates, and how many bytes there were.
            A character that the limit cuts in two is left out.
        """
        self._flush()
        end = os.fstat(self._file).st_size
        size = end - self._taken
        data = os.pread(self._file, min(size, limit), self._taken)
        self._taken = end
        whole = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        return whole.decode(data, final=len(data) == size), size

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                stream.flush()
        self._flush_c(None)


def _unbuffered(descriptor: int) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, "wb", closefd=False)
    return io.TextIOWrapper(
        raw,
        encoding="utf-8",
        errors="backslashreplace",
        write_through=True,
    )
