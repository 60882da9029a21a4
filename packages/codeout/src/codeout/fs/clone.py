"""Copies files to the byte, holes and times included; as a clone where the file system can."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedWriter, FileIO
    from pathlib import Path

OURS: Final = 0o600
"""The mode of a copy: whatever that of its original, we can read it and write it again."""

_CHUNK_BYTES: Final = 1 << 20
_FICLONE: Final = 0x40049409  # linux/fs.h


def copy(source: Path, target: Path) -> None:
    """Copy a file with its times, for us to read and write; as a clone where the system can."""
    with source.open("rb", buffering=0) as old, target.open("wb") as new:
        os.fchmod(new.fileno(), OURS)
        try:
            fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
        except OSError:
            _copy_data(old, new)
    with contextlib.suppress(AttributeError, OSError):  # as below, where the system has none
        for name in {*os.listxattr(target)} - {*os.listxattr(source)}:
            os.removexattr(target, name)
    shutil.copystat(source, target)
    target.chmod(OURS)


def _copy_data(old: FileIO, new: BufferedWriter) -> None:
    """Copy what a file holds; where it has holes, the new one, empty so far, gets them too."""
    size = os.fstat(old.fileno()).st_size
    for start, end in _data(old, size):
        old.seek(start)
        new.seek(start)
        while data := old.read(min(_CHUNK_BYTES, end - old.tell())):
            new.write(data)
    new.truncate(size)


def _data(file: FileIO, size: int) -> Iterator[tuple[int, int]]:
    """From where to where there is data in a file; all of it where the system cannot tell."""
    end = 0
    while end < size:
        try:
            start = file.seek(end, os.SEEK_DATA)
            end = min(file.seek(start, os.SEEK_HOLE), size)
        except OSError as error:
            if error.errno == errno.ENXIO:  # there is none any more
                return
            start, end = end, size
        yield start, end
