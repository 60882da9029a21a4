"""The warm server that pages are forked from.

The standard library's ``forkserver`` has the preloaded modules in memory, so a page starts within
milliseconds; where there is no fork, ``spawn`` starts an interpreter for each page.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import multiprocessing
import os
import signal
import sys
import tempfile
import types
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.fs.tempdir import make_tempdir
from codeout.run.environment import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess

    from codeout.run.job import Job, Limits, Seat

_LAST_BYTES: Final = 1 << 16
_SHELL: Final = (  # IPython would load most of these in every page
    "codeout.live.worker",
    "codeout.run.forkserver",
    "codeout.run.worker",
    "codeout.run.session",
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
            raise ConfigError(message, "install it into this Python, or fix `preload`")
    context = _context()
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([*_SHELL, *limits.preload])
        _place_sockets()
        _ensure_running(limits)


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
    context = _context()
    process = context.Process(target=serve, args=(seat, job, limits), name=job.path)
    if context.get_start_method() == "forkserver":
        _ensure_running(limits)  # or `start` would, in the environment of the caller
    try:
        with _no_main():
            process.start()
    except (EOFError, ConnectionError) as error:
        modules = ", ".join(limits.preload) or "IPython"
        message = f"pages cannot start: loading {modules} failed: {_last_word()}"
        hint = f"`python -c 'import {modules}'` tells more; fix `preload` in [tool.codeout]"
        raise ConfigError(message, hint) from error
    return process


def _context() -> multiprocessing.context.ForkServerContext | multiprocessing.context.SpawnContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def _place_sockets() -> None:
    """Have multiprocessing keep its sockets where not even a kill leaves them behind."""
    config: dict[str, object] = vars(multiprocessing.current_process())["_config"]
    if "tempdir" not in config:
        config["tempdir"] = str(make_tempdir())


def _ensure_running(limits: Limits) -> None:
    """Start the server if there is none, in the environment of pages."""
    from multiprocessing import forkserver

    before = dict(os.environ)
    try:
        settle(os.environ, limits.environment)
        with _no_main(), _no_interrupt(), _quiet():
            forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


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
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


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
