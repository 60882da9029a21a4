"""One run after another: what writes pages is alone in its project."""

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
    """Be the only one that works in a folder; where there is another, wait for its end.

    The folder itself is locked (``flock``): no file is left behind, and the lock ends with the
    process, however that ends. On a file system without such locks nobody waits.

    Args:
        folder: The project's root.
        wait: Told of the folder, before a wait.
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
    except OSError:  # on NFS, for one, a folder cannot be locked
        pass
