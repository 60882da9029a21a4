"""Exact copies of files, with holes and times; clones if the file system supports them."""

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
"""The mode of a copy, whatever the mode of the original: we must read it and write it again."""

_CHUNK_BYTES: Final = 1 << 20
_FICLONE: Final = 0x40049409  # linux/fs.h


def copy(source: Path, target: Path) -> None:
    """Copy a file with its times, in mode ``OURS``; as a clone if the file system supports it."""
    with source.open("rb", buffering=0) as old, target.open("wb") as new:
        os.fchmod(new.fileno(), OURS)
        try:
            fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
        except OSError:
            _copy_data(old, new)
    with contextlib.suppress(AttributeError, OSError):  # some systems have no extended attributes
        for name in {*os.listxattr(target)} - {*os.listxattr(source)}:
            os.removexattr(target, name)
    shutil.copystat(source, target)
    target.chmod(OURS)


def _copy_data(old: FileIO, new: BufferedWriter) -> None:
    """Copy the data of a file into an empty one, with the same holes."""
    size = os.fstat(old.fileno()).st_size
    for start, end in _data_ranges(old, size):
        old.seek(start)
        new.seek(start)
        while data := old.read(min(_CHUNK_BYTES, end - old.tell())):
            new.write(data)
    new.truncate(size)


def _data_ranges(file: FileIO, size: int) -> Iterator[tuple[int, int]]:
    """The start and end of each stretch of data; of the whole file if holes cannot be found."""
    end = 0
    while end < size:
        try:
            start = file.seek(end, os.SEEK_DATA)
            end = min(file.seek(start, os.SEEK_HOLE), size)
        except OSError as error:
            if error.errno == errno.ENXIO:  # no data follows
                return
            start, end = end, size
        yield start, end
