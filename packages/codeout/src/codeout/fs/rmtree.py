"""Removes folders for good, also where somebody took the right to change them from their owner."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Final

_OPEN: Final = 0o700


def remove(folder: Path) -> None:
    """Remove a folder and all that is in it, as far as the system lets us."""
    _remove(folder)
    if os.path.lexists(folder):
        with contextlib.suppress(OSError, RecursionError):
            unlock(folder)
        _remove(folder)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:  # before Python 3.13, for folders a thousand deep
        subprocess.run(["rm", "-rf", "--", folder], stderr=subprocess.DEVNULL, check=False)  # noqa: S603, S607


def unlock(folder: Path) -> None:
    """Let the owner of a folder, if it is there, list, enter and change it and all below it.

    Links are not followed: what they lead to lies elsewhere.

    Raises:
        OSError: It belongs to somebody else.
    """
    if folder.is_dir() and not folder.is_symlink():
        _open(folder)
        for above, names, _ in os.walk(folder):
            for name in names:
                _open(Path(above, name))


def _open(path: Path) -> None:
    mode = path.lstat().st_mode
    if stat.S_ISDIR(mode) and mode & _OPEN != _OPEN:
        path.chmod(stat.S_IMODE(mode) | _OPEN)
