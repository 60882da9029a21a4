"""The pool inside the sandbox: reads jobs as a pickle, writes events as lines of JSON."""

from __future__ import annotations

import ctypes
import os
import pickle
import platform
import sys
from collections import deque
from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError
from codeout.run.events import Ended
from codeout.run.pool import run_jobs
from codeout.run.protocol import to_line

if TYPE_CHECKING:
    from codeout.run.job import Job

_PR_SET_DUMPABLE: Final = 4
_KEYCTL: Final = {"x86_64": 250, "aarch64": 219}
_JOIN_SESSION_KEYRING: Final = 1


def main() -> None:
    """Run the jobs from standard input, and those that come there as pages end."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_DUMPABLE, 0)  # or a page could write to our descriptors
    if keyctl := _KEYCTL.get(platform.machine()):
        libc.syscall(keyctl, _JOIN_SESSION_KEYRING, None)  # or it could read the caller's keys
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    told = sys.stdin.buffer
    jobs, limits, bounds, growing = pickle.load(told)  # noqa: S301  # from outside
    bounds.apply()
    more: deque[Job] = deque()
    try:
        for event in run_jobs(jobs, limits, more):
            out.write(to_line(event))
            if growing and isinstance(event, Ended):
                more.extend(pickle.load(told))  # noqa: S301  # from outside
    except CodeoutError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
