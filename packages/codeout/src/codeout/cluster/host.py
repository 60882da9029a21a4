"""The process beside a worker that runs its pages, one after the other, as on one machine.

A worker of Dask may not start processes by ``multiprocessing``, and has threads that a fork would
not survive. So it starts this process, which has a fork server of its own and ends with the worker.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import sys
import threading
from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError
from codeout.run.messages import WorkerFailed
from codeout.run.pool import run_jobs
from codeout.run.protocol import to_line

if TYPE_CHECKING:
    from codeout.run.job import Job, Limits

SIZE: Final = struct.Struct("!Q")
"""Header of a request: the size of the pickle that follows."""

END: Final = b"\n"
"""The line after the last event of a page."""

_IDLE_SECONDS: Final = 60.0


def main() -> None:
    """Run what is asked for on standard input, until it ends or nothing comes for a while."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    requests: queue.SimpleQueue[tuple[Job, Limits]] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests,), daemon=True).start()
    while True:
        try:
            job, limits = requests.get(timeout=_IDLE_SECONDS)
        except queue.Empty:
            return
        try:
            for event in run_jobs([job], limits):
                out.write(to_line(event))
        except CodeoutError as error:
            out.write(to_line(WorkerFailed(error.message)))
        out.write(END)


def _receive(requests: queue.SimpleQueue[tuple[Job, Limits]]) -> None:
    """Read requests. When the worker is gone, end at once: reapers end the page that runs."""
    source = sys.stdin.buffer
    while header := source.read(SIZE.size):
        requests.put(pickle.loads(source.read(*SIZE.unpack(header))))  # noqa: S301  # our worker
    os._exit(0)


if __name__ == "__main__":
    main()
