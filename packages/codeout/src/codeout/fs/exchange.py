"""Renames that keep what they meet, where the system can."""

from __future__ import annotations

import errno
import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

_HERE: Final = -100  # AT_FDCWD, linux/fcntl.h
_NO_REPLACE: Final = 1  # RENAME_NOREPLACE, linux/fs.h
_EXCHANGE: Final = 2  # RENAME_EXCHANGE
_NOT_POSSIBLE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.EXDEV})


def exchange(one: Path, other: Path) -> bool:
    """Let two files exchange their names in one step; both must exist.

    Returns:
        False if the system or the file system cannot do this, and nothing has changed.

    Raises:
        OSError: One of them does not exist, or a folder cannot be written.
    """
    return _rename(one, other, _EXCHANGE)


def add(new: Path, place: Path) -> bool:
    """Rename a file, unless there is one at its new place.

    Returns:
        False if the system or the file system cannot do this, and nothing has changed.

    Raises:
        FileExistsError: There is one.
        OSError: A folder cannot be written.
    """
    return _rename(new, place, _NO_REPLACE)


def _rename(old: Path, new: Path, how: int) -> bool:
    rename = _renameat2()
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(old), _HERE, os.fsencode(new), how) == 0:
        return True
    import ctypes

    number = ctypes.get_errno()
    if number in _NOT_POSSIBLE:
        return False
    raise OSError(number, os.strerror(number), str(new))


@cache
def _renameat2() -> Any:
    """The function of the C library; None if it has none."""
    import ctypes  # it takes longer to load than most commands take

    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
