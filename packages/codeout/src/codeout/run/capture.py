"""Captures standard output and error in one file, at the level of file descriptors.

Both descriptors append to the same file, so the output of Python, C++ code and child processes is
in the order in which it was written, and nothing has to be read while a block runs.
"""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


_MARK: Final = b"\0codeout\0"
_MARK_BYTES: Final = 16


class Capture:
    """The file that this process prints to, read incrementally."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._taken = 0
        self._mark = b""
        self._flush_c = ctypes.CDLL(None).fflush

    def install(self) -> None:
        """Redirect descriptors 1 and 2 to the file, and 0 to ``/dev/null``."""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(self._file, 1)
        os.dup2(self._file, 2)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = _unbuffered(1)
        sys.stderr = _unbuffered(2)

    def take(self, limit: int) -> tuple[str, int]:
        """The text printed since the last call.

        Args:
            limit: How many bytes to keep at most.

        Returns:
            The text, with bytes that are not UTF-8 as lone surrogates, and how many bytes were
            printed. A character cut in two by the limit is left out.
        """
        self._flush()
        data, size = self._read(limit)
        whole = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        return whole.decode(data, final=len(data) == size), size

    def _read(self, limit: int) -> tuple[bytes, int]:
        """Read what follows the last mark, and write the next mark.

        A missing mark shows that a program has truncated the file, as by opening ``/dev/stdout``.
        """
        end = os.fstat(self._file).st_size
        data = os.pread(self._file, limit + len(self._mark), self._taken)
        size = max(0, end - self._taken)
        if self._mark in data:
            data = data.replace(self._mark, b"", 1)
            size -= len(self._mark)
        elif self._taken:
            data, size = os.pread(self._file, limit, 0), end
        self._taken, self._mark = end, _MARK + os.urandom(_MARK_BYTES)
        os.write(self._file, self._mark)
        return data[:limit], size

    def _flush(self) -> None:
        for name in ("stdout", "stderr"):
            with contextlib.suppress(Exception):  # a page may have put anything there
                getattr(sys, name).flush()
        self._flush_c(None)


@contextlib.contextmanager
def without_errors() -> Iterator[None]:
    """Drop what Python code writes to standard error."""
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nothing,
        contextlib.redirect_stderr(nothing),
    ):
        yield


def after_last_mark(data: bytes) -> bytes:
    """What was printed last, given the end of the file that a process prints to."""
    _, mark, rest = data.rpartition(_MARK)
    return rest[_MARK_BYTES:] if mark else data


def _unbuffered(descriptor: int) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, "wb", closefd=False)
    return io.TextIOWrapper(
        raw,
        encoding="utf-8",
        errors="backslashreplace",
        write_through=True,
    )
