"""A reaper that stays: it has pages run one after another, each in a process forked from it."""

from __future__ import annotations

import contextlib
import os
import pickle
from multiprocessing import reduction
from multiprocessing.connection import Connection
from pathlib import Path

from codeout.run.job import Seat
from codeout.run.reaper import become_reaper, reap
from codeout.run.worker import detach_from_server, serve_reaped


def attend(line: Connection) -> None:
    """Run the pages that ``codeout.run.reapers`` sends, until it closes its end of the line."""
    detach_from_server()
    become_reaper()
    with contextlib.suppress(EOFError, OSError):
        while True:
            _attend_to_one(line)


def _attend_to_one(line: Connection) -> None:
    """Run a page, and tell the exit status of its worker once nothing of it is left.

    Raises:
        EOFError: There are no more.
        OSError: Likewise.
    """
    told, *ends = (reduction.recv_handle(line) for _ in range(3))
    parent, lifeline = Connection(ends[0], readable=False), Connection(ends[1], writable=False)
    scratch, page = Path(os.fsdecode(line.recv_bytes())), line.recv_bytes()
    status = reap(lifeline, parent, scratch)
    if status is None:
        os.close(told)
        line.close()
        _work(parent, lifeline, scratch, page)
    lifeline.close()
    with Connection(told, readable=False) as teller:
        teller.send_bytes(str(status).encode())


def _work(parent: Connection, lifeline: Connection, scratch: Path, page: bytes) -> None:
    """Be the worker of a page, and end. What the reaper loaded for it, the next would inherit."""
    status = 1
    try:
        environ, job, limits = pickle.loads(page)  # noqa: S301  # from codeout
        serve_reaped(Seat(parent, lifeline, scratch, environ), job, limits)
        status = 0
    finally:
        os._exit(status)
