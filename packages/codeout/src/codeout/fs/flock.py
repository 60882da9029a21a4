"""A lock on a folder: only one process at a time writes pages in a project."""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextlib.contextmanager
def exclusive(folder: Path, wait: Callable[[Path], None]) -> Iterator[None]:
    """Hold the lock of a folder; if another process holds it, wait.

    The folder itself is locked (``flock``), so no file is left behind, and the lock ends with the
    process, even if it is killed. If the file system has no such locks, nobody waits.

    Args:
        folder: The root of the project.
        wait: Called with the folder before a wait.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _lock(descriptor, lambda: wait(folder))
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, wait: Callable[[], None]) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        wait()
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:  # such as NFS, which cannot lock a folder
        pass
