"""Which files were saved, told through a connection that can be waited for."""

from __future__ import annotations

import contextlib
import stat
import threading
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchfiles import watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from multiprocessing.connection import Connection

_STEP_MILLISECONDS: Final = 10
_LONGEST_MILLISECONDS: Final = 200
_READY_MILLISECONDS: Final = 100


class Saves:
    """Watches folders, and not those below them, from now on until it is closed.

    Args:
        folders: Which; those that are not there are left out.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.folders = frozenset(folders)
        self._stood = self._standing()
        self._replaced = False  # as far as was told: a new folder may have the number of the old
        self._ours, self._theirs = Pipe(duplex=False)
        self._over = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        self._ready.wait()

    @property
    def connection(self) -> Connection:
        """Becomes ready when something was saved."""
        return self._ours

    @property
    def current(self) -> bool:
        """Whether it watches what stands there now: a folder may be gone, or be another one."""
        return not self._replaced and self._stood == self._standing()

    def _standing(self) -> Mapping[Path, tuple[int, int]]:
        return {folder: _identity(folder) for folder in self.folders}

    def take(self) -> set[Path]:
        """The files and folders that changed since the last call."""
        found: set[Path] = set()
        while self._ours.poll():
            found |= self._ours.recv()
        self._replaced |= not found.isdisjoint(self.folders)
        return found

    def _watch(self) -> None:
        while not self._ready.is_set():
            with contextlib.suppress(FileNotFoundError):  # one has gone since it was looked for
                self._tell()

    def _tell(self) -> None:
        changes = watch(
            *(folder for folder in self.folders if folder.is_dir()),
            watch_filter=None,
            debounce=_LONGEST_MILLISECONDS,
            step=_STEP_MILLISECONDS,
            stop_event=self._over,
            rust_timeout=_READY_MILLISECONDS,
            yield_on_timeout=True,  # the first tells that the system watches
            raise_interrupt=False,
            recursive=False,
            ignore_permission_denied=True,
        )
        for each in changes:
            self._ready.set()
            if each:
                self._theirs.send({Path(name) for _, name in each})

    def close(self) -> None:
        """Stop watching."""
        self._over.set()
        self._thread.join()
        self._ours.close()
        self._theirs.close()


def _identity(folder: Path) -> tuple[int, int]:
    """Which folder it is that stands at a path; zeros for none."""
    try:
        found = folder.stat()
    except OSError:
        return 0, 0
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else (0, 0)
