"""The warm server that workers are forked from.

The standard library's ``forkserver`` holds the preloaded modules in memory, so a worker starts
within milliseconds. On systems without fork, ``spawn`` starts an interpreter for each page.
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
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import ConfigError
from codeout.fs.tempdir import make_tempdir
from codeout.run.environment import PLACES, apply_environment
from codeout.run.interpreter import without_flags, without_main, without_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess

    from codeout.run.job import Job, Limits, Seat
    from codeout.run.parents import Serve

_LAST_BYTES: Final = 1 << 16
_LONGEST_FOLDER: Final = 85  # bytes; a socket in it has 18 more, and may have 103 on macOS
_PRELOADED: Final = (  # IPython would load most of these in every page
    "codeout.live.worker",
    "codeout.run.attending",
    "codeout.run.forkserver",
    "codeout.run.worker",
    "codeout.run.session",
    "codeout.run.warm_up",
    "IPython.core.application",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "bdb",
)
_LAST: Final = "codeout.run.ready"


def warm(limits: Limits) -> None:
    """Start the server in the background, with the environment of pages.

    Raises:
        ConfigError: A module to preload is not installed.
    """
    for name in limits.preload:
        if importlib.util.find_spec(name.partition(".")[0]) is None:
            message = f"`preload` in [tool.codeout] names {name}: no such module"
            raise ConfigError(message, "install it into this Python, or fix `preload`")
    context = _context()
    if context.get_start_method() == "forkserver":
        _stop_unless(modules_of(limits))
        context.set_forkserver_preload(modules_of(limits))
        _place_sockets()
        _ensure_running(limits)


def modules_of(limits: Limits) -> list[str]:
    """The modules that the server loads, in order."""
    return [*_PRELOADED, *limits.preload, _LAST]


def load(limits: Limits) -> None:
    """Start the server, and wait until it has loaded all modules.

    Raises:
        ConfigError: It could not.
    """
    warm(limits)
    start_process(_do_nothing, (), limits).join()


def _do_nothing() -> None:
    """What a process does that only waits for the server."""


def end_server() -> None:
    """End the server; its workers stay."""
    _stop_unless([])


def _stop_unless(modules: list[str]) -> None:
    """End a server that has loaded other modules; its workers stay."""
    from multiprocessing import forkserver

    server: Any = vars(forkserver)["_forkserver"]
    known = vars(server).get("_preload_modules")
    if known not in (modules, ["__main__"]):
        server._stop()  # noqa: SLF001  # no other way


def start(serve: Serve, seat: Seat, job: Job, limits: Limits) -> BaseProcess:
    """Run a page in a process of its own, under a reaper.

    Args:
        serve: The function to run there, of a module; it gets the other arguments.
        seat: The pipes to this process, and the folder of the page.
        job: The page.
        limits: How to run it.

    Raises:
        ConfigError: The server could not load the modules to preload.
    """
    return start_process(serve, (seat, job, limits), limits)


def start_process(
    run: Callable[..., None], arguments: tuple[Any, ...], limits: Limits
) -> BaseProcess:
    """Call a function of a module in a process that is forked from the server.

    Raises:
        ConfigError: See ``start``.
    """
    process = _context().Process(target=run, args=arguments)
    _start(process, limits)
    return process


def _start(process: BaseProcess, limits: Limits) -> None:
    """Start a process of the server, and the server itself where there is none.

    Raises:
        ConfigError: The server could not load the modules to preload.
    """
    if _context().get_start_method() == "forkserver":
        _ensure_running(limits)  # or `start` would, with the environment of the caller
    try:
        with without_main():
            process.start()
    except (EOFError, ConnectionError) as error:
        modules = ", ".join(limits.preload) or "IPython"
        message = f"pages cannot start: loading {modules} failed: {_last_error()}"
        hint = f"`python -c 'import {modules}'` tells more; fix `preload` in [tool.codeout]"
        raise ConfigError(message, hint) from error


def _context() -> multiprocessing.context.ForkServerContext | multiprocessing.context.SpawnContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def _place_sockets() -> None:
    """Let multiprocessing create its sockets in a folder that is removed even after a kill."""
    config: dict[str, object] = vars(multiprocessing.current_process())["_config"]
    if "tempdir" not in config:
        config["tempdir"] = str(make_tempdir(_LONGEST_FOLDER))


def _ensure_running(limits: Limits) -> None:
    """Start the server if none runs, with the environment of pages."""
    from multiprocessing import forkserver

    before = dict(os.environ)
    try:
        apply_environment(os.environ, limits.environment)
        if sys.flags.ignore_environment:  # the server must not: it is told its hash seed there
            for name in PLACES:
                os.environ.pop(name, None)
        with without_main(), _no_interrupt(), _quiet(), without_flags(), without_path():
            forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Block SIGINT, so that Ctrl-C reaches the caller alone; the server inherits the mask."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Redirect standard error to a file, which the server inherits."""
    before = os.dup(2)
    os.dup2(_errors(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


@functools.cache
def _errors() -> int:
    """The descriptor of an unnamed file for the errors of the server."""
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _last_error() -> str:
    """The last line of the server's standard error: the exception, if it is a traceback."""
    size = os.fstat(_errors()).st_size
    told = os.pread(_errors(), _LAST_BYTES, max(0, size - _LAST_BYTES)).decode(errors="replace")
    return next((line for line in told.split("\n")[::-1] if line.strip()), "it ended")
