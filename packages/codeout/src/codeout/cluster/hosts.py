"""The processes beside a worker that run its pages; see ``codeout.cluster.host``."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Final

from codeout.cluster.host import END, SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.run.job import Job, Limits

_OF_DASK: Final = ("DASK_", "__DASK_", "MALLOC_TRIM_THRESHOLD_")
"""Variables that Dask sets for its workers, and that pages do not have on one machine."""


class HostEndedError(Exception):
    """The process that ran a page has ended before the page.

    Args:
        begun: Whether it had told of the page.
    """

    def __init__(self, *, begun: bool) -> None:
        super().__init__("the process that runs its pages ended")
        self.begun = begun


class StoppedError(Exception):
    """A page was ended because nobody wants it any more."""


class Host:
    """One process that runs pages.

    Args:
        limits: How it runs its first page; the others have the same modules to preload.
    """

    def __init__(self, limits: Limits) -> None:
        self._stopped = False
        self.kind = (limits.preload, tuple(sorted(limits.environment.items())))
        environ = {k: v for k, v in os.environ.items() if not k.startswith(_OF_DASK)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "codeout.cluster.host"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environ,
            start_new_session=True,  # Ctrl-C is for the worker
        )

    @property
    def alive(self) -> bool:
        """Whether it can take a page."""
        return self._process.poll() is None

    def run(self, job: Job, limits: Limits) -> Iterator[bytes]:
        """Run a page; yield its events as lines.

        Raises:
            HostEndedError: It has ended.
            StoppedError: It was told to end.
        """
        assert self._process.stdin and self._process.stdout  # noqa: S101, PT018
        request = pickle.dumps((job, limits))
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(SIZE.pack(len(request)) + request)
            self._process.stdin.flush()
        begun = False
        for line in self._process.stdout:
            if line == END:
                return
            begun = True
            yield line
        raise StoppedError if self._stopped else HostEndedError(begun=begun)

    def stop(self) -> None:
        """End the page that it runs, and itself."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """End it, and wait for that."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close() if pipe else None


class Hosts:
    """The processes of a worker: one for each of its threads that runs a page."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Host] = []
        self._running: dict[str, Host] = {}

    @contextlib.contextmanager
    def lent(self, key: str, limits: Limits) -> Iterator[Host]:
        """A process for one page. It is kept for the next one, unless something went wrong.

        Args:
            key: The name of the task, for ``stop``.
            limits: How the page is run.
        """
        host = Host(limits) if (idle := self._take(limits)) is None else idle
        with self._lock:
            self._running[key] = host
        try:
            yield host
        except BaseException:
            host.close()
            raise
        finally:
            with self._lock:
                del self._running[key]
                self._idle += [host] if host.alive else []

    def stop(self, key: str) -> None:
        """End the page of a task, if it runs."""
        with self._lock:
            if host := self._running.get(key):
                host.stop()

    def _take(self, limits: Limits) -> Host | None:
        """An idle process that has preloaded the same; those that have not are ended."""
        kind = (limits.preload, tuple(sorted(limits.environment.items())))
        with self._lock:
            idle, self._idle = self._idle, []
            fit = [host for host in idle if host.alive and host.kind == kind]
            self._idle = fit[1:]
        for host in idle:
            if host not in fit:
                host.close()
        return fit[0] if fit else None
