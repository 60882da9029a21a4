"""The pool inside the sandbox: pages come in as a pickle, events go out as lines."""

from __future__ import annotations

import ctypes
import os
import pickle
import sys

from codeout.pool import run_jobs
from codeout.problem import CodeoutError
from codeout.wire import to_line

_PR_SET_DUMPABLE = 4


def main() -> None:
    """Run the pages that standard input names."""
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0)  # or a page could write to our descriptors
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    jobs, limits = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that began this
    try:
        for event in run_jobs(jobs, limits):
            out.write(to_line(event))
    except CodeoutError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
