"""The reaper of a page: outlives the worker and terminates every process that the page started.

Processes of a page may leave its process group, even its session. On Linux the reaper becomes the
parent of orphans (``PR_SET_CHILD_SUBREAPER``), so it finds all of them. It also notices if codeout
itself is gone, for whatever reason.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.fs.rmtree import remove

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_CHILDREN: Final = Path("/proc/thread-self/children")
_OOM_SCORE: Final = b"500"
_POLL_MILLISECONDS: Final = 100
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_CHILD_SUBREAPER: Final = 36
_prctl: Final = getattr(ctypes.CDLL(None), "prctl", None)


def fork_reaper(lifeline: Connection, events: Connection, folder: Path) -> None:
    """Fork: this process becomes the reaper and never returns, the child returns as the worker.

    The reaper exits with the status of the worker. For the arguments see ``reap``.
    """
    become_reaper()
    status = reap(lifeline, events, folder)
    if status is not None:
        _exit_like(status)


def become_reaper() -> None:
    """Leave the session of the terminal, and become the parent of orphans."""
    os.setsid()  # away from signals of the terminal
    _control(_PR_SET_CHILD_SUBREAPER, 1)


def reap(lifeline: Connection, events: Connection, folder: Path) -> int | None:
    """Fork a worker, which leads a process group, and wait until nothing of it is left.

    Args:
        lifeline: Becomes ready when codeout closes the other end, or is gone.
        events: Where the worker sends events; closed in the reaper.
        folder: Removed by the reaper at the end.

    Returns:
        Exit status of the worker, a signal as a negative number; None in the worker itself.
    """
    reaper = os.getpid()
    page = os.fork()
    if page == 0:
        os.setsid()
        die_with_parent()
        if os.getppid() != reaper:
            os._exit(1)
        lifeline.close()
        _offer_to_oom_killer()
        return None
    events.close()
    try:
        _wait(page, lifeline)
        return _end(page)
    finally:
        remove(folder)


def die_with_parent() -> None:
    """Ask the system to kill this process when its parent ends, if it can."""
    _control(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(page: int, lifeline: Connection) -> None:
    """Wait until the worker has ended or the lifeline is closed; reap orphans meanwhile."""
    look = os.WEXITED | os.WNOHANG | os.WNOWAIT
    closed = select.poll()  # what this process touches after a fork is copied: no selectors
    closed.register(lifeline.fileno(), select.POLLIN)
    while (ended := os.waitid(os.P_ALL, 0, look)) is None or ended.si_pid != page:
        if ended is not None:
            os.waitpid(ended.si_pid, 0)
        elif closed.poll(_POLL_MILLISECONDS):
            return


def _end(page: int) -> int:
    """Kill all processes of a page.

    Returns:
        Exit status of the worker; a signal as a negative number.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(page, signal.SIGKILL)
    status = 0
    with contextlib.suppress(ChildProcessError):  # when none is left
        while True:
            for child in _children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            ended, how = os.waitpid(-1, 0)
            while ended:
                status = os.waitstatus_to_exitcode(how) if ended == page else status
                ended, how = os.waitpid(-1, os.WNOHANG)
    return status


def _children() -> list[int]:
    """The children of this process, orphans included."""
    with contextlib.suppress(OSError):
        return [int(child) for child in _CHILDREN.read_bytes().split()]
    return []


def _exit_like(status: int) -> None:
    """Exit at once with a status, or by the same signal."""
    if status < 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the worker has dumped its core
        with contextlib.suppress(OSError, ValueError):
            signal.signal(-status, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {-status})
        os.kill(os.getpid(), -status)
        time.sleep(1)
    os._exit(status & 0xFF)


def _offer_to_oom_killer() -> None:
    """Have the system kill the worker first if memory runs out, not codeout or the server."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_bytes(_OOM_SCORE)


def _control(option: int, value: int) -> None:
    """Call ``prctl`` if the system has it and lists the children of a process."""
    if _prctl and _CHILDREN.exists():
        _prctl(option, value, 0, 0, 0)
