"""The resident server: it starts the pages of others, and ends when it is not what they need."""

from __future__ import annotations

import contextlib
import pickle
import time
from multiprocessing import connection, reduction
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import CodeoutError
from codeout.resident.loaded import unchanged
from codeout.resident.protocol import GREETING, PAGE, READY, STALE, STOP
from codeout.resident.sockets import accept
from codeout.run.forkserver import start
from codeout.run.job import Seat
from codeout.run.worker import serve_later

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from socket import socket

    from codeout.resident.loaded import States
    from codeout.run.parents import Handle

_LOOK_SECONDS: Final = 10.0


class Server:
    """Starts pages for the commands of one user.

    The pages belong to the commands: if this process is killed, those that run go on.

    Args:
        listener: Where commands connect.
        fingerprint: Of the process that started it.
        states: Of the files that its modules were made of.
        wanted: Whether the settings still ask for what is loaded here.
        idle: Seconds after which it ends if nobody comes.
    """

    def __init__(
        self,
        listener: socket,
        fingerprint: str,
        states: States,
        wanted: Callable[[], bool],
        idle: float,
    ) -> None:
        self._listener = listener
        self._greeting = GREETING + fingerprint.encode()
        self._states = states
        self._wanted = wanted
        self._idle = idle
        self._pause = min(idle, _LOOK_SECONDS)
        self._lines: dict[Connection, bool] = {}  # whether it has greeted
        self._pages: dict[Handle, Connection] = {}  # where to tell its status
        self._over = False
        self._last = self._looked = time.monotonic()

    def serve(self, path: Path) -> None:
        """Serve until it is over, and all pages have ended.

        Args:
            path: The socket, which is removed as soon as it is over.
        """
        while not self._over:
            self._serve_once()
        path.unlink(missing_ok=True)
        self._listener.close()
        for line in [*self._lines]:
            self._leave(line)
        while self._pages:
            self._tell_ended(connection.wait([page.sentinel for page in self._pages]))

    def _serve_once(self) -> None:
        """Wait for the next that happens, and answer it."""
        pages = [page.sentinel for page in self._pages]
        ready = connection.wait([self._listener, *self._lines, *pages], self._pause)
        if self._listener in ready and (line := accept(self._listener)):
            self._lines[line] = False
        for line in [line for line in self._lines if line in ready]:
            try:
                line.send_bytes(self._answer(line))
            except Exception:  # noqa: BLE001  # whatever a client does ends its connection alone
                self._leave(line)
        self._tell_ended(ready)
        self._look(busy=bool(ready or self._lines or self._pages))

    def _answer(self, line: Connection) -> bytes:
        """Take what a client asks for, and do it.

        Raises:
            Exception: It asks for nothing that we know, or is gone.
        """
        asked = line.recv_bytes(len(self._greeting))
        if asked == STOP:
            self._over = True
            return STOP
        if asked == self._greeting:
            self._over = self._over or not unchanged(self._states)
            self._lines[line] = not self._over
            return STALE if self._over else READY
        if asked == PAGE and self._lines[line]:
            return self._begin(line)
        raise ValueError("not for a client to ask")

    def _begin(self, line: Connection) -> bytes:
        """Start a page, and return its process ID."""
        told, parent, lifeline = (reduction.recv_handle(line) for _ in range(3))
        ends = (
            Connection(told, readable=False),
            Connection(parent, readable=False),
            Connection(lifeline, writable=False),
        )
        try:
            scratch, environ, job, limits = pickle.loads(line.recv_bytes())  # noqa: S301  # the user
            page: Any = start(serve_later, Seat(*ends[1:], scratch, environ), job, limits)
        except CodeoutError:
            self._over = True  # what is to be loaded cannot be loaded any more
            raise
        finally:
            for end in ends[1:]:
                end.close()
        self._pages[page] = ends[0]
        return str(page.pid).encode()

    def _tell_ended(self, ready: list[Any]) -> None:
        for page in [page for page in self._pages if page.sentinel in ready]:
            page.join()
            with contextlib.suppress(OSError), self._pages.pop(page) as told:
                told.send_bytes(str(page.exitcode).encode())

    def _leave(self, line: Connection) -> None:
        del self._lines[line]
        line.close()

    def _look(self, *, busy: bool) -> None:
        """See from time to time whether it is over."""
        now = time.monotonic()
        if busy:
            self._last = now
        if now - self._last > self._idle:
            self._over = True
        elif now - self._looked > _LOOK_SECONDS:
            self._looked = now
            self._over = self._over or not (unchanged(self._states) and self._wanted())
