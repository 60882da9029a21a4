"""Files that a person names on the command line: also a device, a pipe, or one elsewhere."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

from codeout.fs.atomic import replace_file
from codeout.fs.place import NewFile

_FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_STREAMS: Final = ("/dev/stdout", "/dev/stderr", "/dev/fd", "/proc")
"""What stands for a stream that is open already, to be written on and not replaced."""


def write_named(path: Path, data: bytes, root: Path) -> None:
    """Write a file where a person asks for it.

    A regular file is replaced atomically. A device or a pipe is written to as it is, and never
    read. A link in the project must not lead out of it, for somebody else may have put it there;
    one that is elsewhere is followed.

    Args:
        path: The file; its folder must exist.
        data: What it shall hold.
        root: The project's folder.

    Raises:
        OSError: It cannot be written; ``filename`` is its path.
    """
    place = Path(os.path.abspath(path))  # noqa: PTH100  # keeps links
    if any(map(place.is_relative_to, _STREAMS)) or _is_special(path):
        _write_to(path, data)
        return
    _check_folder(place.parent, path)
    within = root if place.is_relative_to(root) else None
    replace_file(NewFile(place, data, within))


def _check_folder(folder: Path, path: Path) -> None:
    try:
        mode = folder.stat().st_mode
    except FileNotFoundError as error:
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path)) from error
    if not stat.S_ISDIR(mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write_to(path: Path, data: bytes) -> None:
    """Write to a device or a pipe; a pipe that nobody reads is an error, not a wait."""
    try:
        handle = os.open(path, _FLAGS)
        os.set_blocking(handle, True)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        if error.errno == errno.ENXIO:
            error.strerror = "nobody reads from it"
        error.filename = str(path)
        raise
