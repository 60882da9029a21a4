"""Whether a process can be forked and go on the same in both; and what a fork started, ended."""

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
_GLANCES: Final = 100
_TIMERS: Final = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)


class ForkSafety:
    """Watches over the forks of one page's process and of those that come of it.

    Args:
        guard: The process that adopts what its parents leave behind.
        own: Folders of the page.
    """

    def __init__(self, guard: int, own: Path) -> None:
        self._guard = guard
        self._own = f"{own}{os.sep}"
        self._known = _open()

    def doubt(self, chain: frozenset[int], line: int) -> str:
        """Why this process cannot be forked; empty if it can.

        Args:
            chain: Processes of the page that may be there.
            line: The descriptor of its connection to codeout.
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
        """Kill what was forked and all that came of it, and wait until it is gone.

        Args:
            child: What this process forked; 0 if nothing.
            chain: Processes of the page that stay.

        Returns:
            How the child ended: its exit status, or a signal as a negative number.
        """
        status = 0
        if child:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)  # it may not lead its group yet
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        while strays := self._strays(chain):
            for stray in strays:
                self._kill(stray)
            sleep(_AGAIN_SECONDS)
        return status

    def _strays(self, chain: frozenset[int]) -> set[int]:
        """Living processes that the page started, and that are no checkpoints."""
        there = {*_children(self._guard), *_children(os.getpid())} - chain - {os.getpid()}
        return {process for process in there if _parent_of(process)}

    def _kill(self, process: int) -> None:
        """Kill a process unless its number has gone over to another meanwhile."""
        with contextlib.suppress(ProcessLookupError):
            descriptor = os.pidfd_open(process)
            try:
                if _parent_of(process) in {self._guard, os.getpid()}:
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
    """What is open and cannot be had twice, by what to say of it."""
    return {
        "a pipe or a socket is open": descriptors.channels(line),
        "a terminal is open": descriptors.terminals(),
        "a folder is open": descriptors.folders(),
        "a file without a name is open": descriptors.nameless(),
    }


def _zombies(chain: frozenset[int]) -> set[int]:
    """Children of this process that have ended, and that the page has yet to ask for."""
    return {child for child in _children(os.getpid()) if not _parent_of(child)} - chain


def _has_threads() -> bool:
    """Whether there are others than this one; one that was joined is there for a moment more."""
    for _ in range(_GLANCES):
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
