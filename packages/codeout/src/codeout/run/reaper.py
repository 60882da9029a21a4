"""The guard of a page: it outlives the page and ends with it all that the page started.

A page may leave processes behind that have left its group, even its session. On Linux their next
parent is the guard (``PR_SET_CHILD_SUBREAPER``), so that it finds every one of them. It also
notices that codeout itself is gone, however that came.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import time
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.fs.rmtree import remove

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_CHILDREN: Final = Path("/proc/thread-self/children")
_OOM_SCORE: Final = "500"
_GLANCE_SECONDS: Final = 0.1
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_CHILD_SUBREAPER: Final = 36


def fork_reaper(lifeline: Connection, told: Connection, folder: Path) -> None:
    """Part into a guard, which never returns, and the page, which goes on.

    The page leads a process group. The guard ends as the page ended.

    Args:
        lifeline: Where codeout holds the other end: when that closes, the page is over.
        told: Where the page sends events; the guard lets go of it.
        folder: What the guard removes in the end.
    """
    os.setsid()  # nothing that the terminal sends is meant for a guard
    _control(_PR_SET_CHILD_SUBREAPER, 1)
    guard = os.getpid()
    page = os.fork()
    if page == 0:
        os.setsid()
        die_with_parent()
        if os.getppid() != guard:
            os._exit(1)
        lifeline.close()
        _offer_to_oom_killer()
        return
    told.close()
    status = 0
    try:
        _wait(page, lifeline)
        status = _end(page)
    finally:
        remove(folder)
        _exit_like(status)


def die_with_parent() -> None:
    """Have the system end this process when its parent ends, where it can."""
    _control(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(page: int, lifeline: Connection) -> None:
    """Wait until the page has ended, or nobody waits for it any more; bury what it left."""
    look = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while (ended := os.waitid(os.P_ALL, 0, look)) is None or ended.si_pid != page:
        if ended is not None:
            os.waitpid(ended.si_pid, 0)
        elif connection.wait([lifeline], _GLANCE_SECONDS):
            return


def _end(page: int) -> int:
    """Kill all that is left of a page.

    Returns:
        How the page itself ended: its exit status, or a signal as a negative number.
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
    """The children of this process; each that dies leaves its own to it."""
    with contextlib.suppress(OSError):
        return [int(child) for child in _CHILDREN.read_text(encoding="ascii").split()]
    return []


def _exit_like(status: int) -> None:
    """End this process at once, as another ended."""
    if status < 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # one core is enough
        with contextlib.suppress(OSError, ValueError):
            signal.signal(-status, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {-status})
        os.kill(os.getpid(), -status)
        time.sleep(1)
    os._exit(status & 0xFF)


def _offer_to_oom_killer() -> None:
    """Where memory runs out, let the system kill the page, and neither codeout nor the server."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE, encoding="ascii")


def _control(option: int, value: int) -> None:
    """Call ``prctl``, where the system has it and tells a process its children."""
    if _CHILDREN.exists():
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
