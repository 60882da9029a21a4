"""The warm server that pages are forked from, and what a fork does.

The standard library's ``forkserver`` has the preloaded modules in memory, so a page starts within
milliseconds; where there is no fork, ``spawn`` starts an interpreter for each page.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib.util
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import types
from dataclasses import replace
from multiprocessing.util import get_temp_dir
from typing import TYPE_CHECKING, Final

from codeout.guard import stand_guard
from codeout.job import Broke, Closing, Finished, Started
from codeout.problem import ConfigError
from codeout.variables import note_reads
from codeout.wire import to_line
from codeout.witness import Witness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from codeout.job import Job, Limits

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

UNHEARD: Final = 113
"""The exit status of a page that can tell nothing any more."""

_UNSET: Final = (
    "CI",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "IPYTHONDIR",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
)
_LAST_BYTES: Final = 1 << 16
_PATH: Final = tuple(sys.path)
"""Where modules are looked for: in a page, what the server found, and not what its caller added."""

_SOCKETS: Final = "CODEOUT_SOCKETS"


def _clear_up(sockets: str, caller: int) -> None:
    """Remove what a caller that was killed could not; one that lives may start another server."""
    if os.getppid() != caller:
        shutil.rmtree(sockets, ignore_errors=True)


if _sockets := os.environ.pop(_SOCKETS, ""):  # this is the server
    atexit.register(_clear_up, _sockets, os.getppid())

_SHELL: Final = (  # IPython would load most of these in every page
    "codeout.server",
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
        sockets = "" if inherited else get_temp_dir()
        _set_environment(os.environ, {**limits.environment, _SOCKETS: sockets})
        with _no_main(), _no_interrupt(), _quiet():
            forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)


def start(
    parent: Connection, leash: Connection, scratch: Path, job: Job, limits: Limits
) -> BaseProcess:
    """Run a page in a process of its own, under a guard.

    Args:
        parent: Where it sends events, and last of all ``Closing``.
        leash: When its other end closes, the page and all that it started are killed.
        scratch: Its folder, made here and removed in the end; the blocks see ``work`` in it.
        job: The page.
        limits: How to run it.

    Raises:
        ConfigError: The server could not load what it was to preload.
    """
    args = (parent, leash, scratch, job, limits)
    process = _context().Process(target=_serve, args=args, name=job.path)
    try:
        with _no_main():
            process.start()
    except (EOFError, ConnectionError) as error:
        modules = ", ".join(limits.preload) or "IPython"
        message = f"pages cannot start: loading {modules} failed: {_last_word()}"
        hint = f"`python -c 'import {modules}'` tells more; mend `preload` in [tool.codeout]"
        raise ConfigError(message, hint) from error
    return process


def _serve(parent: Connection, leash: Connection, scratch: Path, job: Job, limits: Limits) -> None:
    """Run one page, in a process of its own, and tell the parent."""
    gc.freeze()  # a collection would touch, and so copy, all that the server has loaded
    stand_guard(leash, parent, scratch)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    try:
        _make_room(scratch, job)
        _settle_in(scratch, limits)
        _run(parent, scratch, job, limits)
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent must tell of it
        with contextlib.suppress(Exception):
            parent.send_bytes(to_line(Broke(f"{type(error).__name__}: {error}")))
            return
        os._exit(UNHEARD)


def _make_room(scratch: Path, job: Job) -> None:
    """Make the folders of a page, and put its data files there."""
    scratch.mkdir(mode=0o700)
    for name in ("work", "tmp"):
        (scratch / name).mkdir()
    if job.files:
        from codeout.assets import place

        place(job.files, scratch / "work")


def _settle_in(scratch: Path, limits: Limits) -> None:
    """Give the process the folder, the environment and the path of a page."""
    os.chdir(scratch / "work")
    _set_environment(os.environ, {"TMPDIR": str(scratch / "tmp"), **limits.environment})
    if limits.offline:
        _forget_proxies(os.environ)
    tempfile.tempdir = None
    time.tzset()
    sys.path[:] = ["", *(place for place in _PATH if place)]
    sys.argv = [""]


def _run(parent: Connection, scratch: Path, job: Job, limits: Limits) -> None:
    from codeout.session import Session

    session = Session(scratch, limits.printed)
    exec(job.setup, {})  # noqa: S102  # it is ours, or none
    session.drain()
    variables = note_reads({*ENVIRONMENT, *_UNSET, *limits.environment, "TMPDIR"})
    files = (file.file.resolve() for file in job.files)
    witness = Witness((scratch, *files), offline=limits.offline)
    witness.install()
    imports: set[str] = set()
    for index, cell in enumerate(job.cells):
        parent.send_bytes(to_line(Started(job.path, index)))
        ran = replace(session.run(cell.code), refused=witness.refused())
        parent.send_bytes(to_line(Finished(job.path, index, ran)))
        imports |= ran.imports
        if ran.refused or not cell.forgives(ran):
            break
    closing = Closing(_device(), witness.touched(imports, variables))
    parent.send_bytes(to_line(closing))


def _device() -> str:
    """The accelerator that PyTorch sees, if it is loaded and there is one."""
    accelerator = getattr(sys.modules.get("torch"), "accelerator", None)
    if accelerator is not None and accelerator.is_available():
        return str(accelerator.current_accelerator())
    return "cpu"


def _context() -> multiprocessing.context.ForkServerContext | multiprocessing.context.SpawnContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def _set_environment(environ: os._Environ[str], more: Mapping[str, str]) -> None:
    for name in _UNSET:
        environ.pop(name, None)
    environ.update({**ENVIRONMENT, **more})


def _forget_proxies(environ: os._Environ[str]) -> None:
    """A proxy may be on this machine, and would lead out of it; errors would name it alone."""
    for name in list(environ):
        if name.lower().endswith("_proxy"):
            del environ[name]


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
