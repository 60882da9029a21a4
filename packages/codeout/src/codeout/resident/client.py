"""A command that has its pages started by a resident server."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from multiprocessing import Pipe, connection, reduction
from typing import TYPE_CHECKING, Final

from codeout.resident.fingerprint import fingerprint
from codeout.resident.protocol import GREETING, PAGE, READY
from codeout.resident.sockets import SECONDS, connect, path_of
from codeout.run.parents import ServerGoneError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from codeout.run.job import Job, Limits, Seat
    from codeout.run.parents import Serve

_LOST: Final = (OSError, EOFError, ValueError)


def find(root: Path, limits: Limits) -> ResidentServer | None:
    """The server that stands ready for the pages of a project, if there is one.

    Args:
        root: The folder of the project.
        limits: How the pages are run.
    """
    if not hasattr(os, "pidfd_open"):
        return None
    with contextlib.suppress(*_LOST):
        here = fingerprint(root, limits)
        line = connect(path_of(root, here))
        with contextlib.suppress(*_LOST):
            line.send_bytes(GREETING + here.encode())
            if line.poll(SECONDS) and line.recv_bytes(len(READY)) == READY:
                return ResidentServer(line)
        line.close()
    return None


class ResidentServer:
    """The server, seen from a command; see ``codeout.run.parents.Resident``."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def start(self, serve: Serve, seat: Seat, job: Job, limits: Limits) -> ResidentProcess:
        """Start the process of a page that runs once."""
        del serve  # the server knows
        status, told = Pipe(duplex=False)
        try:
            self._line.send_bytes(PAGE)
            for end in (told, seat.parent, seat.lifeline):
                reduction.send_handle(self._line, end.fileno(), 0)
            self._line.send_bytes(pickle.dumps((seat.scratch, dict(seat.environ), job, limits)))
            if not self._line.poll(SECONDS):
                raise TimeoutError
            return ResidentProcess(int(self._line.recv_bytes()), status)
        except _LOST as error:
            status.close()
            raise ServerGoneError from error
        finally:
            told.close()

    def close(self) -> None:
        """Leave the server."""
        self._line.close()


class ResidentProcess:
    """A process that is no child of ours; see ``codeout.run.parents.Handle``.

    Args:
        process: Its process ID.
        status: Where the server tells how it ended, unless it is killed before.

    Attributes:
        exitcode: See ``Handle``.
    """

    def __init__(self, process: int, status: Connection) -> None:
        self.exitcode: int | None = None
        self._status = status
        try:
            self._process = os.pidfd_open(process)
        except ProcessLookupError:  # it has ended, and the server tells
            self._process = os.dup(status.fileno())

    @property
    def sentinel(self) -> int:
        """The descriptor that becomes ready when it has ended."""
        return self._process

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return not connection.wait([self.sentinel], 0)

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end, and for what the server tells of it."""
        if connection.wait([self.sentinel], timeout) and self.exitcode is None:
            with contextlib.suppress(*_LOST):
                if self._status.poll(timeout):
                    self.exitcode = int(self._status.recv_bytes())

    def kill(self) -> None:
        """Kill it, if it still runs."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self.sentinel, signal.SIGKILL)

    def __del__(self) -> None:
        os.close(self._process)
        self._status.close()
