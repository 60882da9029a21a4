"""A reaper that stays: it has pages run one after another, each in a process forked from it."""

from __future__ import annotations

import contextlib
import os
import pickle
from multiprocessing import reduction
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from codeout.run.job import Seat
from codeout.run.reaper import become_reaper, reap
from codeout.run.worker import detach_from_server, serve_reaped

if TYPE_CHECKING:
    from codeout.run.job import Job, Limits


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
    told, parent, lifeline = (reduction.recv_handle(line) for _ in range(3))
    ends = Connection(parent, readable=False), Connection(lifeline, writable=False)
    scratch, environ, job, limits = pickle.loads(line.recv_bytes())  # noqa: S301  # from codeout
    seat = Seat(*ends, scratch, environ)
    status = reap(seat.lifeline, seat.parent, scratch)
    if status is None:
        os.close(told)
        line.close()
        _work(seat, job, limits)
    seat.lifeline.close()
    with Connection(told, readable=False) as teller:
        teller.send_bytes(str(status).encode())


def _work(seat: Seat, job: Job, limits: Limits) -> None:
    """Be the worker of a page, and end."""
    status = 1
    try:
        serve_reaped(seat, job, limits)
        status = 0
    finally:
        os._exit(status)
