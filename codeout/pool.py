"""Sessions in processes of their own: side by side, timed, and killed as a group.

Each page is a fork of a server that has the preloaded modules in memory (the standard library's
``forkserver``; ``spawn`` where there is no fork). It leads a process group, so that whatever it
started ends with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import types
from collections import deque
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

    from codeout.assets import Fetched
    from codeout.cell import Cell
    from codeout.session import Ran

ENVIRONMENT: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "LINES": "24",
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NO_COLOR": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "TERM": "dumb",
        "TZ": "UTC",
    }
)
"""What every page finds in its environment, whatever stands in that of the caller."""

_UNSET: Final = (
    "CI",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "IPYTHONDIR",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
)
_SHELL: Final = (  # IPython would load most of these in every page
    "codeout.session",
    "IPython.core.application",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "bdb",
)
_START_SECONDS: Final = 300.0
_GLANCE_SECONDS: Final = 0.2
_RUNAWAY: Final = 16


@dataclass(frozen=True, slots=True)
class Job:
    """One page to run: its cells in order, and the data files that it finds beside it."""

    path: str
    cells: tuple[Cell, ...]
    files: tuple[Fetched, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """A block of a page begins."""

    path: str
    index: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A block of a page has run, well or not."""

    path: str
    index: int
    ran: Ran


@dataclass(frozen=True, slots=True)
class Ended:
    """A page is over.

    Attributes:
        path: The page.
        seconds: From its start to its end.
        work: The working directory that its blocks saw.
        died: What ended it before its time, in words; empty if nothing did.
        hint: What to do about it.
        index: The block that was running when it died.
        device: Where tensors could be put: ``cpu``, or the accelerator.
        stand_ins: The data files among the page's that were stand-ins.
    """

    path: str
    seconds: float
    work: str
    died: str = ""
    hint: str = ""
    index: int = 0
    device: str = "cpu"
    stand_ins: tuple[str, ...] = ()


Event = Started | Finished | Ended


@dataclass(frozen=True, slots=True)
class Limits:
    """How pages are run.

    Attributes:
        workers: How many pages run at the same time.
        preload: Modules that the server loads before the first page.
        environment: Variables beyond ``ENVIRONMENT``.
        printed: Bytes that one block may print.
    """

    workers: int
    preload: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    printed: int = 1_000_000


def run_jobs(jobs: Sequence[Job], limits: Limits) -> Iterator[Event]:
    """Run pages side by side and tell what happens as it happens.

    Closing the iterator, or an exception in the caller, kills what still runs.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.

    Yields:
        For each page, ``Started`` and ``Finished`` for each block that ran, then ``Ended``.
    """
    waiting = deque(jobs)
    running: list[_Running] = []
    if waiting:
        _warm(limits)
    try:
        while waiting or running:
            while waiting and len(running) < limits.workers:
                running.append(_Running(waiting.popleft(), limits))
            _wait_for_news(running)
            for page in tuple(running):
                yield from page.news()
                if page.over:
                    running.remove(page)
    finally:
        for page in running:
            page.close()


class _Running:
    """One page that is running, seen from the parent."""

    def __init__(self, job: Job, limits: Limits) -> None:
        self.over = False
        self._job = job
        self._limits = limits
        self._scratch = Path(tempfile.mkdtemp(prefix="codeout-")).resolve()
        self._work = self._scratch / "work"
        self._work.mkdir()
        self._index = 0
        self._began = time.monotonic()
        self._deadline = self._began + _START_SECONDS
        if job.files:
            from codeout.assets import place

            place(job.files, self._work)
        self.connection, theirs = multiprocessing.Pipe(duplex=False)
        self._process = _context().Process(
            target=_serve, args=(theirs, self._scratch, job, limits), name=job.path
        )
        with _no_main():
            self._process.start()
        theirs.close()
        self._deadline = time.monotonic() + _START_SECONDS

    @property
    def sentinel(self) -> int:
        return self._process.sentinel

    def news(self) -> Iterator[Event]:
        while not self.over and self._says_something():
            try:
                message = self.connection.recv()
            except (EOFError, OSError):
                yield self._end(*self._why_it_died())
                return
            if isinstance(message, str):
                yield self._end(device=message)
                return
            if isinstance(message, Started):
                if message.index == 0:
                    self._began = time.monotonic()
                self._index = message.index
                self._deadline = time.monotonic() + self._job.cells[message.index].timeout
            yield message
        if not self.over:
            yield from self._look_after()

    def _says_something(self) -> bool:
        try:
            return self.connection.poll()
        except OSError:
            return True

    def _look_after(self) -> Iterator[Event]:
        if not self._process.is_alive() and not self._says_something():
            yield self._end(*self._why_it_died())
        elif time.monotonic() > self._deadline:
            limit = self._job.cells[self._index].timeout if self._job.cells else _START_SECONDS
            hint = "make it faster, or allow more with `<!-- codeout: timeout=SECONDS -->`"
            yield self._end(f"still running after {limit:g} s; the page was stopped", hint)
        elif self._printed() > (most := _RUNAWAY * self._limits.printed):
            message = f"printed more than {most:,} bytes; the page was stopped"
            yield self._end(message, "print less")

    def _printed(self) -> int:
        with contextlib.suppress(OSError):
            return (self._scratch / "printed").stat().st_size
        return 0

    def _why_it_died(self) -> tuple[str, str]:
        self._process.join(1)
        status = self._process.exitcode
        if status is None:
            return "the page's process went silent", "it closed its connection to codeout"
        if status < 0:
            name = signal.Signals(-status).name
            memory = "; the system kills with SIGKILL when memory runs out"
            return f"the page's process was killed by {name}{memory * (name == 'SIGKILL')}", (
                "run the block in a Python of its own to see more"
            )
        hint = "a page cannot end the process that runs it; remove `os._exit`"
        return f"the page's process ended with status {status}", hint

    def _end(self, died: str = "", hint: str = "", device: str = "cpu") -> Ended:
        self.close()
        return Ended(
            self._job.path,
            time.monotonic() - self._began,
            str(self._work),
            died,
            hint,
            self._index,
            device,
            tuple(file.asset.path for file in self._job.files if file.stand_in),
        )

    def close(self) -> None:
        """Kill the page's whole process group and remove what it wrote."""
        self.over = True
        with contextlib.suppress(ProcessLookupError, PermissionError, TypeError):
            os.killpg(self._process.pid, signal.SIGKILL)  # type: ignore[arg-type]
        self._process.kill()
        self._process.join()
        self.connection.close()
        shutil.rmtree(self._scratch, ignore_errors=True)


def _wait_for_news(running: Sequence[_Running]) -> None:
    things = [page.connection for page in running] + [page.sentinel for page in running]
    connection.wait(things, timeout=_GLANCE_SECONDS)


def _serve(parent: Connection, scratch: Path, job: Job, limits: Limits) -> None:
    """Run one page, in a process of its own, and tell the parent."""
    os.setsid()
    os.chdir(scratch / "work")
    _set_environment(os.environ, limits.environment)
    time.tzset()
    from codeout.session import Session

    session = Session(scratch, limits.printed)
    sys.argv = [""]
    for index, cell in enumerate(job.cells):
        parent.send(Started(job.path, index))
        ran = session.run(cell.code)
        parent.send(Finished(job.path, index, ran))
        if not cell.forgives(ran):
            break
    parent.send(_device())


def _device() -> str:
    """The accelerator that PyTorch sees, if the page loaded it and there is one."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.accelerator.is_available():
        return str(torch.accelerator.current_accelerator())
    return "cpu"


def _context() -> multiprocessing.context.ForkServerContext | multiprocessing.context.SpawnContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def _warm(limits: Limits) -> None:
    """Start the server, in the environment of pages, so that it loads while the caller works."""
    context = _context()
    if context.get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver

    context.set_forkserver_preload([*_SHELL, *limits.preload])
    before = dict(os.environ)
    try:
        _set_environment(os.environ, limits.environment)
        with _no_main():
            forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


def _set_environment(environ: os._Environ[str], more: Mapping[str, str]) -> None:
    for name in _UNSET:
        environ.pop(name, None)
    environ.update({**ENVIRONMENT, **more})


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Keep multiprocessing from importing the caller's main module into every page."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
