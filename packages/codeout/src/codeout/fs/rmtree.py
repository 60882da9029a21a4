"""Removal of folders, even if their owner has no permission to change them."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Final

_ALL: Final = 0o700


def remove(folder: Path) -> None:
    """Remove a folder and its contents, as far as the system permits."""
    _remove(folder)
    if os.path.lexists(folder):
        with contextlib.suppress(OSError, RecursionError):
            unlock(folder)
        _remove(folder)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:  # before Python 3.13, if folders are nested a thousand deep
        subprocess.run(["rm", "-rf", "--", folder], stderr=subprocess.DEVNULL, check=False)  # noqa: S603, S607


def unlock(folder: Path) -> None:
    """Give the owner of a folder all permissions for it and the folders below it.

    Symbolic links are not followed. A folder that does not exist is ignored.

    Raises:
        OSError: The folder belongs to another user.
    """
    if folder.is_dir() and not folder.is_symlink():
        _give_permissions(folder)
        for above, names, _ in os.walk(folder):
            for name in names:
                _give_permissions(Path(above, name))


def _give_permissions(path: Path) -> None:
    mode = path.lstat().st_mode
    if stat.S_ISDIR(mode) and mode & _ALL != _ALL:
        path.chmod(stat.S_IMODE(mode) | _ALL)
