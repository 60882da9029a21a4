"""Changes in folders, reported through a connection that can be waited for."""

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


class FolderWatcher:
    """Watches folders, without their subfolders, until it is closed.

    Args:
        folders: The folders; missing ones are left out.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.folders = frozenset(folders)
        self._identities = self._current_identities()
        self._replaced = False  # seen in the events: a new folder may reuse the old inode number
        self._receiver, self._sender = Pipe(duplex=False)
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        self._ready.wait()

    @property
    def connection(self) -> Connection:
        """Becomes readable when something has changed."""
        return self._receiver

    @property
    def up_to_date(self) -> bool:
        """Whether the watched folders are still those at their paths; some may be replaced."""
        return not self._replaced and self._identities == self._current_identities()

    def _current_identities(self) -> Mapping[Path, tuple[int, int]]:
        return {folder: _identity(folder) for folder in self.folders}

    def changes(self) -> set[Path]:
        """Return the files and folders that changed since the last call."""
        found: set[Path] = set()
        while self._receiver.poll():
            found |= self._receiver.recv()
        self._replaced |= not found.isdisjoint(self.folders)
        return found

    def _watch(self) -> None:
        while not self._ready.is_set():
            with contextlib.suppress(FileNotFoundError):  # a folder vanished after the check below
                self._report()

    def _report(self) -> None:
        changes = watch(
            *(folder for folder in self.folders if folder.is_dir()),
            watch_filter=None,
            debounce=_LONGEST_MILLISECONDS,
            step=_STEP_MILLISECONDS,
            stop_event=self._stop,
            rust_timeout=_READY_MILLISECONDS,
            yield_on_timeout=True,  # the first shows that watching has begun
            raise_interrupt=False,
            recursive=False,
            ignore_permission_denied=True,
        )
        for each in changes:
            self._ready.set()
            if each:
                self._sender.send({Path(name) for _, name in each})

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()
        self._receiver.close()
        self._sender.close()


def _identity(folder: Path) -> tuple[int, int]:
    """Device and inode of the folder at a path; zeros if there is none."""
    try:
        found = folder.stat()
    except OSError:
        return 0, 0
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else (0, 0)
