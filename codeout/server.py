"""The warm server that pages are forked from.

The standard library's ``forkserver`` has the preloaded modules in memory, so a page starts within
milliseconds; where there is no fork, ``spawn`` starts an interpreter for each page.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.util
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import types
from multiprocessing.util import get_temp_dir
from typing import TYPE_CHECKING, Final

from codeout.environment import settle
from codeout.problem import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess

    from codeout.job import Job, Limits, Seat

_LAST_BYTES: Final = 1 << 16
_END_SECONDS: Final = 1.0
_SOCKETS: Final = "CODEOUT_SOCKETS"


def _clear_up(sockets: str, caller: int) -> None:
    """Remove what a caller that was killed could not; one that lives may start another server."""
    if hasattr(sys, "last_value"):  # the server ends by an error of its own
        return
    until = time.monotonic() + _END_SECONDS
    while os.getppid() == caller and time.monotonic() < until:
        time.sleep(0.01)  # a process that ends closes its files before it is gone
    if os.getppid() != caller:
        shutil.rmtree(sockets, ignore_errors=True)


if _told := os.environ.pop(_SOCKETS, ""):  # this is the server
    _caller, _, _sockets = _told.partition(":")
    atexit.register(_clear_up, _sockets, int(_caller))

_SHELL: Final = (  # IPython would load most of these in every page
    "codeout.checkpoint",
    "codeout.server",
    "codeout.serving",
    "codeout.session",
    "IPython.core.application",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "bdb",
)


def warm(limits: Limits) -> None:
    """Start the server, in the environment of pages, so that it loads while the caller works.

    Raises:
        ConfigError: A module to preload is not there.
    """
    for name in limits.preload:
        if importlib.util.find_spec(name.partition(".")[0]) is None:
            message = f"`preload` in [tool.codeout] names {name}: no such module"
            raise ConfigError(message, "install it into this Python, or mend `preload`")
    context = _context()
    if context.get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver

    context.set_forkserver_preload([*_SHELL, *limits.preload])
    before = dict(os.environ)
    try:
        inherited = multiprocessing.parent_process() is not None  # then it is not ours to remove
        sockets = "" if inherited else f"{os.getpid()}:{get_temp_dir()}"
        settle(os.environ, {**limits.environment, _SOCKETS: sockets})
        with _no_main(), _no_interrupt(), _quiet():
            forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


def start(
    serve: Callable[[Seat, Job, Limits], None], seat: Seat, job: Job, limits: Limits
) -> BaseProcess:
    """Run a page in a process of its own, under a guard.

    Args:
        serve: What runs there, a function of a module; it is given all that follows.
        seat: Whatever ties it to this process.
        job: The page.
        limits: How to run it.

    Raises:
        ConfigError: The server could not load what it was to preload.
    """
    process = _context().Process(target=serve, args=(seat, job, limits), name=job.path)
    try:
        with _no_main():
            process.start()
    except (EOFError, ConnectionError) as error:
        modules = ", ".join(limits.preload) or "IPython"
        message = f"pages cannot start: loading {modules} failed: {_last_word()}"
        hint = f"`python -c 'import {modules}'` tells more; mend `preload` in [tool.codeout]"
        raise ConfigError(message, hint) from error
    return process


def _context() -> multiprocessing.context.ForkServerContext | multiprocessing.context.SpawnContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let Ctrl-C reach the caller alone; the server inherits the mask."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Have the server write its errors into a file, and not between our messages."""
    before = os.dup(2)
    os.dup2(_errors(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


@functools.cache
def _errors() -> int:
    """The descriptor of a file without a name."""
    descriptor, name = tempfile.mkstemp(prefix="codeout-")
    os.unlink(name)  # noqa: PTH108
    return descriptor


def _last_word() -> str:
    """The last line that the server wrote: of a traceback, the error."""
    size = os.fstat(_errors()).st_size
    told = os.pread(_errors(), _LAST_BYTES, max(0, size - _LAST_BYTES)).decode(errors="replace")
    return next((line for line in told.split("\n")[::-1] if line.strip()), "it ended")


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """Keep multiprocessing from importing the caller's main module into every page."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
