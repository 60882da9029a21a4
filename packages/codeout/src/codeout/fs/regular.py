"""Reads files that a page or a setting names: regular ones, inside a folder, of bounded size."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_regular(file: Path, largest: int, within: Path | None = None) -> bytes:
    """Read a file whose name comes from elsewhere.

    Args:
        file: The file.
        largest: How many bytes it may have.
        within: A folder that no link may lead out of; None if that does not matter.

    Raises:
        OSError: It is a device, a pipe or a folder, too large, outside, or cannot be read.
    """
    if within is not None and not Path(os.path.realpath(file)).is_relative_to(
        os.path.realpath(within)
    ):
        raise OSError(errno.EPERM, "it leads out of the project", str(file))
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe would wait
    try:
        _check_regular(os.fstat(handle).st_mode, file)
        with os.fdopen(handle, "rb", closefd=False) as opened:
            data = opened.read(largest + 1)
    finally:
        os.close(handle)
    if len(data) > largest:
        raise OSError(errno.EFBIG, f"it has more than {largest:,} bytes", str(file))
    return data


def _check_regular(mode: int, file: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(file))
