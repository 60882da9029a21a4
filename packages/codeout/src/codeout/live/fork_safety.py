"""Whether a process can be forked safely, and terminating all that a fork started."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from signal import getitimer, getsignal, sigpending  # by name: a page may replace them
from time import sleep
from typing import TYPE_CHECKING, Final

from codeout.live import descriptors
from codeout.live.descriptors import SELF

if TYPE_CHECKING:
    from collections.abc import Callable

_SHARED: Final = "ws"
_AGAIN_SECONDS: Final = 0.001
_ATTEMPTS: Final = 100
_TIMERS: Final = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)


class ForkSafety:
    """Checks and terminates the forks of one page's process.

    Args:
        reaper: Process ID of the reaper, the parent of orphans.
        own: Folder of the page.
    """

    def __init__(self, reaper: int, own: Path) -> None:
        self._reaper = reaper
        self._own = f"{own}{os.sep}"
        self._known = _open()

    def doubt(self, chain: frozenset[int], line: int) -> str:
        """Why this process cannot be forked; empty if it can.

        Args:
            chain: Process IDs of the page that may be alive.
            line: The descriptor of the connection to the parent.
        """
        if not SELF.is_dir():
            return "this system does not tell what a process holds"
        doubts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("other threads are alive", _has_threads),
            ("child processes are alive", lambda: self._strays(chain)),
            ("a child process has not been waited for", lambda: _zombies(chain)),
            ("CUDA is in use", _uses_cuda),
            ("memory is shared with other processes", self._shares_memory),
            ("a file is locked", descriptors.locks_files),
            ("a timer runs", lambda: any(getitimer(timer)[0] for timer in _TIMERS)),
            ("a signal is pending", sigpending),
            ("SIGCHLD is handled", lambda: getsignal(signal.SIGCHLD) is not signal.SIG_DFL),
        )
        found = (doubt for doubt, holds in doubts if holds())
        return next(found, "") or self._open_doubt(line)

    def _open_doubt(self, line: int) -> str:
        now = _open(line)
        return next((doubt for doubt, there in now.items() if there - self._known[doubt]), "")

    def end(self, child: int, chain: frozenset[int]) -> int:
        """Kill a fork and all that it started, and wait until they have ended.

        Args:
            child: Process ID of the fork; 0 for none.
            chain: Process IDs of the page that stay.

        Returns:
            Exit status of the fork; a signal as a negative number.
        """
        status = 0
        if child:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)  # if it has no group of its own yet
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        while strays := self._strays(chain):
            for stray in strays:
                self._kill(stray)
            sleep(_AGAIN_SECONDS)
        return status

    def _strays(self, chain: frozenset[int]) -> set[int]:
        """Living processes that the page started, without checkpoints."""
        there = {*_children(self._reaper), *_children(os.getpid())} - chain - {os.getpid()}
        return {process for process in there if _parent_of(process)}

    def _kill(self, process: int) -> None:
        """Kill a process, unless its ID belongs to another process by now."""
        with contextlib.suppress(ProcessLookupError):
            descriptor = os.pidfd_open(process)
            try:
                if _parent_of(process) in {self._reaper, os.getpid()}:
                    signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            finally:
                os.close(descriptor)

    def _shares_memory(self) -> bool:
        with (SELF / "maps").open(encoding="utf-8", errors="replace") as maps:
            for line in maps:
                _, access, _, _, _, *name = line.rstrip("\n").split(None, 5)
                if access[1] + access[3] == _SHARED and not "".join(name).startswith(self._own):
                    return True
        return False


def _open(line: int = -1) -> dict[str, set[str]]:
    """Open descriptors that a fork cannot share, by the doubt to report."""
    return {
        "a pipe or a socket is open": descriptors.channels(line),
        "a terminal is open": descriptors.terminals(),
        "a folder is open": descriptors.folders(),
        "a file without a name is open": descriptors.nameless(),
    }


def _zombies(chain: frozenset[int]) -> set[int]:
    """Children of this process that have ended and were not yet waited for."""
    return {child for child in _children(os.getpid()) if not _parent_of(child)} - chain


def _has_threads() -> bool:
    """Whether there are other threads; a joined one may remain for a moment."""
    for _ in range(_ATTEMPTS):
        if len([*(SELF / "task").iterdir()]) == 1:
            return False
        sleep(_AGAIN_SECONDS)
    return True


def _uses_cuda() -> bool:
    cuda = getattr(sys.modules.get("torch"), "cuda", None)
    return cuda is not None and bool(cuda.is_initialized())


def _children(process: int) -> list[int]:
    with contextlib.suppress(OSError):
        path = Path(f"/proc/{process}/task/{process}/children")
        return [int(child) for child in path.read_text(encoding="ascii").split()]
    return []


def _parent_of(process: int) -> int:
    """The parent of a living process; 0 if there is none."""
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        state, parent, *_ = text.rpartition(")")[2].split()
        return int(parent) if state not in "ZX" else 0
    return 0
