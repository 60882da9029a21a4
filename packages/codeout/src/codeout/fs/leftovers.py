"""Temporary files of a run or a download that was killed."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PREFIX: Final = ".codeout-"
"""How the names of temporary files and folders begin."""

_LEFTOVER: Final = re.compile(rf"{re.escape(PREFIX)}[a-z0-9_]{{8}}")
_OLD: Final = 3600  # seconds: what nobody has written to since belongs to nobody


def remove_leftovers(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Remove temporary files from folders in which nobody else writes; returns them."""
    return tuple(file for folder in folders for file in _leftovers(folder) if _remove(file))


def remove_old_leftovers(folder: Path) -> tuple[Path, ...]:
    """Remove temporary files and folders from a folder that others write to, and those below it.

    Those stay that somebody may still write to.
    """
    with contextlib.suppress(OSError):
        below = [each for each in folder.iterdir() if each.is_dir()]
        found = [file for each in (folder, *below) for file in _leftovers(each)]
        return tuple(file for file in found if _is_old(file) and _remove(file))
    return ()


def _leftovers(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from [file for file in folder.iterdir() if _LEFTOVER.fullmatch(file.name)]


def _is_old(file: Path) -> bool:
    with contextlib.suppress(OSError):
        within = file.rglob("*") if file.is_dir() and not file.is_symlink() else ()
        before = time.time() - _OLD
        return all(each.lstat().st_mtime < before for each in (file, *within))
    return False


def _remove(file: Path) -> bool:
    with contextlib.suppress(OSError):
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink()
        return True
    return False
