"""Snapshots of a folder, which share unchanged files, and restoring the folder to any of them.

Each content is copied once, outside of the folder. If the file system supports it, a copy is a
clone and needs neither time nor space; holes in files are kept.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from time import sleep, time_ns  # by name: a page may replace the functions of modules
from typing import TYPE_CHECKING, Final

from codeout.fs.clone import OURS, copy
from codeout.fs.rmtree import unlock

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTEMPTS: Final = 3  # the clock may stand still
_TICK_NANOSECONDS: Final = 10_000_000  # resolution of the coarsest clock of file systems


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, link or folder.

    Attributes:
        mode: Type and permissions.
        mark: Inode, size and times, which differ after any change.
        kept: Path of the copy of a file, or target of a link; empty for anything else.
    """

    mode: int
    mark: tuple[int, ...]
    kept: str = ""


Snapshot = dict[str, Entry]
"""A folder and its contents at any depth, by relative path, each folder before its contents."""


class Snapshots:
    """Takes snapshots of one folder and restores them.

    Args:
        folder: The folder. Files, links and folders in it are saved; of anything else, such as a
            socket, only its name and mode.
        store: An empty folder elsewhere, for the copies.
    """

    def __init__(self, folder: Path, store: Path) -> None:
        self._folder = folder
        self._store = store
        self._copies = 0
        self._last: Snapshot = {}
        self._stood_in: Path | None = None

    def take(self) -> Snapshot:
        """The current state of the folder; only files changed since the last call are copied.

        Raises:
            OSError: Something cannot be read.
        """
        self._last = {name: self._entry(name, found) for name, found in _walk(self._folder)}
        _let_clock_tick(self._last)
        here = _current_folder()
        self._stood_in = here if here and here.is_relative_to(self._folder) else None
        return dict(self._last)

    def restore(self, snapshot: Snapshot) -> None:
        """Restore the folder in place: an open file stays the same file.

        If the working directory was removed, the process changes to the restored one.

        Args:
            snapshot: Taken by this object; the marks of restored files are updated.

        Raises:
            OSError: Something cannot be written, or something that is neither a file, a link nor a
                folder is gone.
        """
        unlock(self._folder)
        self._clear(snapshot)
        self._fill(snapshot)
        if self._stood_in and _current_folder() != self._stood_in:
            os.chdir(self._stood_in)
        for name, found in _walk(self._folder):
            snapshot[name] = Entry(found.st_mode, _mark(found), snapshot[name].kept)
        _let_clock_tick(snapshot)
        self._last = dict(snapshot)

    def _clear(self, snapshot: Snapshot) -> None:
        """Remove what is not in the snapshot, or is of another type there."""
        for name, found in reversed([*_walk(self._folder)]):
            known = snapshot.get(name)
            if known is None or stat.S_IFMT(known.mode) != stat.S_IFMT(found.st_mode):
                _remove(self._folder / name)

    def _fill(self, snapshot: Snapshot) -> None:
        """Restore what has changed or is missing."""
        for name, entry in snapshot.items():
            there = self._folder / name
            if not os.path.lexists(there) or _mark(there.lstat()) != entry.mark:
                _restore_entry(there, entry)
        for name, entry in reversed(snapshot.items()):
            there = self._folder / name
            if stat.S_ISDIR(entry.mode) and there.lstat().st_mode != entry.mode:
                there.chmod(stat.S_IMODE(entry.mode))  # last: it may be read-only

    def _entry(self, name: str, found: os.stat_result) -> Entry:
        last = self._last.get(name)
        if last and last.mode == found.st_mode and last.mark == _mark(found):
            return last
        return Entry(found.st_mode, _mark(found), self._keep(self._folder / name, found.st_mode))

    def _keep(self, path: Path, mode: int) -> str:
        if stat.S_ISLNK(mode):
            return str(path.readlink())
        if not stat.S_ISREG(mode):
            return ""
        self._copies += 1
        kept = self._store / str(self._copies)
        kept.unlink(missing_ok=True)  # left by a terminated fork that counted on from here
        copy(path, kept)
        return str(kept)


def _walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """A folder, if it exists, and its contents at any depth, sorted; links are not followed."""
    if not os.path.lexists(folder):
        return
    yield ".", folder.lstat()
    if folder.is_symlink() or not folder.is_dir():
        return
    for above, folders, files in os.walk(folder, onerror=_raise):
        folders.sort()
        for name in sorted([*folders, *files]):
            path = Path(above, name)
            yield path.relative_to(folder).as_posix(), path.lstat()


def _raise(error: OSError) -> None:
    raise error


def _current_folder() -> Path | None:
    """The current folder, unless it was removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def _mark(found: os.stat_result) -> tuple[int, ...]:
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
        return (found.st_mode,)  # its times change with its contents
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _let_clock_tick(snapshot: Snapshot) -> None:
    """Wait until the next change of a file is sure to get another time."""
    newest = max((entry.mark[-1] for entry in snapshot.values() if len(entry.mark) > 1), default=0)
    for _ in range(_ATTEMPTS):
        if abs(time_ns() - newest) >= _TICK_NANOSECONDS:
            return
        sleep(_TICK_NANOSECONDS / 1e9)


def _restore_entry(path: Path, entry: Entry) -> None:
    if stat.S_ISLNK(entry.mode):
        path.unlink(missing_ok=True)
        path.symlink_to(entry.kept)
    elif stat.S_ISDIR(entry.mode):
        path.mkdir(exist_ok=True)
        path.chmod(0o700)
    elif stat.S_ISREG(entry.mode):
        if path.exists():
            path.chmod(OURS)
        copy(Path(entry.kept), path)
        path.chmod(stat.S_IMODE(entry.mode))
    elif path.exists():
        path.chmod(stat.S_IMODE(entry.mode))
    else:
        raise FileNotFoundError(errno.ENOENT, "cannot be made again", str(path))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink()
