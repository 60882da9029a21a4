"""The processes of a live page: one waits before each block, and forks to run it.

A checkpoint costs only the memory that later blocks change, which is copied on write. To run a
block again, its checkpoint restores the page's files and the positions in open files, and forks
once more.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from multiprocessing import reduction
from multiprocessing.connection import Connection
from random import getstate, setstate  # by name: a page may replace the functions of modules
from typing import TYPE_CHECKING

from codeout.live.commands import Advance, Close, Cut, Fork
from codeout.live.descriptors import open_files, restore_files
from codeout.live.fork_safety import ForkSafety
from codeout.live.snapshot import Snapshots
from codeout.run.events import Finished
from codeout.run.messages import Closing, ForkEnded, Parked
from codeout.run.protocol import to_line
from codeout.run.worker import begin, device, reporting_failure, set_up

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.live.commands import Command
    from codeout.live.descriptors import OpenFile
    from codeout.live.snapshot import Snapshot
    from codeout.run.job import Cell, Job, Limits, Seat
    from codeout.run.protocol import Message


def serve_live(seat: Seat, job: Job, limits: Limits) -> None:
    """Run a live page by commands, one cell each; see ``codeout.run.forkserver.start``."""
    with reporting_failure(seat.parent):
        reaper = os.getpid()
        set_up(seat, job, limits)
        _Checkpoint(seat, job, limits, reaper).serve()


class _Checkpoint:
    """The state of a page between two blocks."""

    def __init__(self, seat: Seat, job: Job, limits: Limits, reaper: int) -> None:
        self._line = seat.parent
        self._path = job.path
        self._index = 0
        self._child = 0
        self._imports: set[str] = set()
        self._session, self._hook, self._variables = begin(seat, job, limits)
        self._safety = ForkSafety(reaper, seat.scratch)
        self._folders = [_snapshots(seat.scratch, name) for name in ("work", "tmp", "ipython")]
        self._kept: list[Snapshot] = []
        self._files: tuple[OpenFile, ...] = ()

    def serve(self) -> None:
        """Execute commands until the parent closes the connection."""
        self._park(frozenset())
        with contextlib.suppress(EOFError, ConnectionError):
            while True:
                self._execute(self._line.recv())
        os._exit(0)

    def _execute(self, command: Command) -> None:
        match command:
            case Fork(cell, chain):
                self._fork(cell, chain)
            case Advance(cell, chain):
                self._run(cell, chain)
            case Cut(chain):
                status = self._safety.end(self._child, chain)
                self._child = 0
                self._tell(ForkEnded(status, spoilt=not self._restore()))
            case Close():
                touched = self._hook.touched(self._imports, self._variables)
                self._tell(Closing(device(), touched))

    def _fork(self, cell: Cell, chain: frozenset[int]) -> None:
        theirs = Connection(reduction.recv_handle(self._line))
        chance = getstate()  # os.fork reseeds it in the child
        self._child = os.fork()
        if self._child:
            theirs.close()
            return
        os.setpgid(0, 0)
        setstate(chance)
        self._line.close()
        self._line, self._child = theirs, 0
        with reporting_failure(theirs):
            self._session.outputs.discard_printed()
            self._run(cell, chain)
            return
        os._exit(0)

    def _run(self, cell: Cell, chain: frozenset[int]) -> None:
        ran = replace(self._session.run(cell), refused=self._hook.refused())
        self._tell(Finished(self._path, self._index, ran))
        self._imports |= ran.imports
        self._index += 1
        self._park(chain)

    def _park(self, chain: frozenset[int]) -> None:
        """Save the files, and report that this process is a checkpoint now."""
        doubt = self._safety.doubt(chain, self._line.fileno()) or self._keep()
        self._tell(Parked(os.getpid(), doubt))

    def _keep(self) -> str:
        """Save the files; return why they cannot be saved, or an empty text."""
        try:
            self._kept = [folder.take() for folder in self._folders]
            self._files = open_files()
        except (OSError, RecursionError):
            return "not all in its folders can be read"
        return ""

    def _restore(self) -> bool:
        """Restore the files; whether that was possible."""
        try:
            for folder, kept in zip(self._folders, self._kept, strict=True):
                folder.restore(kept)
            restore_files(self._files)
        except (OSError, RecursionError):
            return False
        return True

    def _tell(self, message: Message) -> None:
        self._line.send_bytes(to_line(message))


def _snapshots(scratch: Path, name: str) -> Snapshots:
    store = scratch / "kept" / name
    store.mkdir(parents=True)
    return Snapshots(scratch / name, store)
