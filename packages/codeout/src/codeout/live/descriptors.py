"""Open files of a process: which ones a fork cannot share, and restoring the others."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SELF: Final = Path("/proc/self")
_LOCKS: Final = Path("/proc/locks")
_CHANNELS: Final = ("pipe:", "socket:", "anon_inode:")
_TERMINALS: Final = ("/dev/pts/", "/dev/ptmx")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An open file, or the working directory.

    Attributes:
        place: Its path.
        descriptor: The file's; -1 for the working directory.
        position: Offset in the file, shared with forks.
        flags: Status flags (``F_GETFL``), shared with forks.
    """

    place: str
    descriptor: int = -1
    position: int = 0
    flags: int = 0


def open_files() -> tuple[OpenFile, ...]:
    """The open files that have a path, and the working directory.

    Raises:
        OSError: The working directory is gone.
    """
    found = [OpenFile(str(Path.cwd()))]
    for descriptor, place in _regular_files():
        with contextlib.suppress(OSError):
            position = os.lseek(descriptor, 0, os.SEEK_CUR)
            flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
            if _is_at(descriptor, place):
                found.append(OpenFile(place, descriptor, position, flags))
    return tuple(found)


def restore_files(known: Iterable[OpenFile]) -> None:
    """Restore the positions and flags of open files.

    Raises:
        OSError: It is impossible: a path leads to another file, or a lock is held.
    """
    locked = {inode for _, inode in _locks()}
    for held in known:
        where = held.descriptor if held.descriptor >= 0 else "."
        if not _is_at(where, held.place):
            raise FileNotFoundError(f"{held.place} is not what it was")
        if held.descriptor >= 0:
            if os.fstat(held.descriptor).st_ino in locked:
                raise BlockingIOError(f"{held.place} is locked")
            os.lseek(held.descriptor, held.position, os.SEEK_SET)
            if fcntl.fcntl(held.descriptor, fcntl.F_GETFL) != held.flags:
                fcntl.fcntl(held.descriptor, fcntl.F_SETFL, held.flags)


def channels(line: int = -1) -> set[str]:
    """Open pipes, sockets and the like, without the descriptor ``line``."""
    return {place for at, place in _descriptors() if at != line and place.startswith(_CHANNELS)}


def terminals() -> set[str]:
    """Open terminals."""
    return {place for _, place in _descriptors() if place.startswith(_TERMINALS)}


def folders() -> set[str]:
    """Open folders, as while one is listed."""
    found = set()
    for descriptor, place in _descriptors():
        with contextlib.suppress(OSError):
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                found.add(place)
    return found


def nameless() -> set[str]:
    """Open files without a path, such as deleted ones, whose content cannot be saved."""
    return {place for at, place in _regular_files() if not _is_at(at, place)}


def locks_files() -> bool:
    """Whether this process has locked a file; most locks are not inherited by forks."""
    return any(process == os.getpid() for process, _ in _locks())


def _regular_files() -> Iterator[tuple[int, str]]:
    for descriptor, place in _descriptors():
        with contextlib.suppress(OSError):
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                yield descriptor, place


def _descriptors() -> list[tuple[int, str]]:
    """All open descriptors, each with the target of its link in ``/proc``."""
    found = []
    if SELF.is_dir():
        for path in (SELF / "fd").iterdir():
            with contextlib.suppress(OSError):
                found.append((int(path.name), str(path.readlink())))
    return found


def _is_at(what: int | str, place: str) -> bool:
    """Whether a descriptor or path is the same file as another path."""
    with contextlib.suppress(OSError):
        return os.path.samestat(os.stat(what), os.stat(place))  # noqa: PTH116  # a descriptor too
    return False


def _locks() -> Iterator[tuple[int, int]]:
    """All file locks on this machine: process ID of the owner and inode of the file.

    A line is ``1: POSIX  ADVISORY  WRITE 123 08:01:456 0 EOF``, with ``->`` for one that waits.
    """
    with contextlib.suppress(OSError, ValueError):
        for line in _LOCKS.read_text(encoding="ascii").splitlines():
            words = line.split()
            if words[1] != "->":
                yield int(words[4]), int(words[5].rpartition(":")[2])
