"""Where files are written: in their place, also if somebody else has put a link there."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write.

    Attributes:
        path: Where it is; a link is kept, and its target is written.
        data: What it shall hold.
        within: A folder that no link may lead out of; None if a person has chosen the place.
        was: What it must still hold when it is replaced; None if that does not matter.
        absent: Whether it must not be there yet.
    """

    path: Path
    data: bytes
    within: Path | None = None
    was: bytes | None = None
    absent: bool = False


class ChangedError(OSError):
    """A file does not hold any more what it held; ``filename`` is its path."""


class RefusedError(OSError):
    """A file must not be written where it is; ``filename`` is its path."""


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is outside of a folder once symbolic links are followed."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def check_place(file: NewFile) -> Path:
    """Where a file is, with links followed.

    Raises:
        RefusedError: A link leads out, into git's own folder, or to what is no regular file.
        IsADirectoryError: A folder is there.
    """
    place = Path(os.path.realpath(file.path))
    if file.within is not None:
        within = Path(os.path.realpath(file.within))
        if not place.is_relative_to(within):
            raise leads_elsewhere(file.path)
        if ".git" in place.relative_to(within).parts:
            raise RefusedError(errno.EPERM, "is in git's own folder", str(file.path))
    with contextlib.suppress(FileNotFoundError):
        mode = place.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file.path))
        if not stat.S_ISREG(mode):
            raise RefusedError(errno.EINVAL, "is no regular file", str(file.path))
    return place


def leads_elsewhere(path: Path) -> RefusedError:
    """The error that a link leads out."""
    return RefusedError(errno.EPERM, "leads out of the project", str(path))
