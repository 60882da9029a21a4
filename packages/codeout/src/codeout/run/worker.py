"""The process of a page: sets itself up, runs the blocks, and reports their outputs."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing import forkserver, process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.run.audit import AuditHook
from codeout.run.environ_audit import note_reads
from codeout.run.environment import (
    ENVIRONMENT,
    UNSET,
    apply_environment,
    change_environment,
    forget_proxies,
)
from codeout.run.events import Finished, Started
from codeout.run.interrupt import interrupting
from codeout.run.messages import Closing, PluginFailed, PrologueFailed, WorkerFailed
from codeout.run.plugins import PluginError, load
from codeout.run.protocol import DEVICE, to_line
from codeout.run.reaper import fork_reaper
from codeout.run.reasons import UNHEARD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from codeout.run.job import Job, Limits, Prologue, Seat
    from codeout.run.session import Session

_MAIN: Final = process.current_process()
"""The process of the server, which loads this module before it forks."""

_PATH: Final = tuple(sys.path)
"""Module search path of pages: that of the server, without additions of its caller."""


def serve(seat: Seat, job: Job, limits: Limits) -> None:
    """Run one page and send its events; see ``codeout.run.forkserver.start``."""
    with reporting_failure(seat.parent):
        set_up(seat, job, limits)
        _run(seat, job, limits)


def serve_reaped(seat: Seat, job: Job, limits: Limits) -> None:
    """Run one page likewise, in a process that a reaper has forked."""
    with reporting_failure(seat.parent):
        _settle(seat, job, limits)
        _run(seat, job, limits)


def serve_later(seat: Seat, job: Job, limits: Limits) -> None:
    """Run one page likewise, in a server that other commands use: with chance of its own.

    NumPy takes its seed when it is loaded. Without another one, pages that forget to set it would
    show the same numbers as long as the server stays.
    """
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()
    serve(seat, job, limits)


@contextlib.contextmanager
def reporting_failure(parent: Connection) -> Iterator[None]:
    """Report exceptions outside of blocks to the parent."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # the parent reports any
        with contextlib.suppress(Exception):
            parent.send_bytes(to_line(_failure(error)))
            return
        os._exit(UNHEARD)


def _failure(error: Exception) -> WorkerFailed | PrologueFailed | PluginFailed:
    """What to tell of an exception."""
    if isinstance(error, PrologueError):
        return PrologueFailed(str(error))
    if isinstance(error, PluginError):
        return PluginFailed(str(error))
    return WorkerFailed(f"{type(error).__name__}: {error}")


def set_up(seat: Seat, job: Job, limits: Limits) -> None:
    """Turn this process into a worker: with a reaper, folders, data files and environment."""
    detach_from_server()
    fork_reaper(seat.lifeline, seat.parent, seat.scratch)
    _settle(seat, job, limits)


def _settle(seat: Seat, job: Job, limits: Limits) -> None:
    """Make this process that of a page, with folders, data files and environment."""
    gc.freeze()  # a collection would copy the pages of memory shared with the server
    _become_main_process()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _create_folders(seat.scratch, job)
    _enter_environment(seat, job, limits)


def begin(seat: Seat, job: Job, limits: Limits) -> tuple[Session, AuditHook, set[str]]:
    """Start a session and record accesses from here on.

    Returns:
        The session, the audit hook, and a set that fills with the environment variables read.
    """
    from codeout.run.session import Session

    session = Session(seat.scratch, limits.printed, job.interactive)
    if job.plugins:
        session.outputs.plugins = load(job.plugins)
    exec(job.setup, {})  # noqa: S102  # from codeout, not from a page
    session.outputs.drain()
    variables = note_reads({*ENVIRONMENT, *UNSET, *limits.environment, "TMPDIR"})
    files = (file.file.resolve() for file in job.files)
    settings = Path(ENVIRONMENT["MATPLOTLIBRC"])
    own = (seat.scratch, settings, *files)
    hook = AuditHook(own, offline=limits.offline, modules=limits.thorough)
    hook.install()
    for prologue in job.prologues:
        _run_prologue(prologue, session, hook)
    return session, hook, variables


class PrologueError(Exception):
    """The code that runs before the first block failed."""


def _run_prologue(prologue: Prologue, session: Session, hook: AuditHook) -> None:
    ran = session.prepare(prologue.code)
    where = f"the set-up in {prologue.place}"
    if refused := hook.refused():
        raise PrologueError(f"{where} asks for {refused[0]}, and the network is off")
    if ran.error:
        raise PrologueError(f"{where} raised {ran.error.summary}")
    if ran.statuses:
        raise PrologueError(f"{where} has a shell command that ended with {ran.statuses[0]}")


def detach_from_server() -> None:
    """Close the inherited pipe to the server: a byte written to it would end the server."""
    server = vars(vars(forkserver)["_forkserver"])
    if (pipe := server["_forkserver_alive_fd"]) is not None:
        os.close(pipe)
        server["_forkserver_alive_fd"] = None


def _become_main_process() -> None:
    """Let the page start processes as a Python of its own does, by the system's default method."""
    module: Any = process
    main: Any = _MAIN
    if type(main).__name__ == "_MainProcess":
        main.name, main.authkey = "MainProcess", os.urandom(32)
        module._current_process, module._parent_process = main, None  # noqa: SLF001  # no other way
    multiprocessing.set_start_method(None, force=True)


def _create_folders(scratch: Path, job: Job) -> None:
    """Create the folders of a page, and put its data files there."""
    scratch.mkdir(mode=0o700)
    for name in ("work", "tmp"):
        (scratch / name).mkdir()
    if job.files:
        from codeout.data.links import link_files

        link_files(job.files, scratch / "work")


def _enter_environment(seat: Seat, job: Job, limits: Limits) -> None:
    """Set the working directory, the environment and the module search path of a page."""
    os.chdir(seat.scratch / "work")
    wanted = dict(seat.environ)
    more = {"TMPDIR": str(seat.scratch / "tmp"), **limits.environment}
    apply_environment(wanted, more, colour=job.colour)
    if limits.offline:
        forget_proxies(wanted)
    change_environment(wanted)
    tempfile.tempdir = None
    time.tzset()
    sys.path[:] = ["", *(place for place in _PATH if place)]
    sys.argv = [""]


def _run(seat: Seat, job: Job, limits: Limits) -> None:
    session, hook, variables = begin(seat, job, limits)
    imports: set[str] = set()
    for index, cell in enumerate(job.cells):
        seat.parent.send_bytes(to_line(Started(job.path, index)))
        with interrupting(cell.timeout) if limits.thorough else contextlib.nullcontext():
            ran = session.run(cell)
        ran = replace(ran, refused=hook.refused())
        seat.parent.send_bytes(to_line(Finished(job.path, index, ran)))
        imports |= ran.imports
        if cell.ends_page(ran, fail_fast=limits.fail_fast, thorough=limits.thorough):
            break
    seat.parent.send_bytes(to_line(Closing(device(), hook.touched(imports, variables))))


def device() -> str:
    """The accelerator that PyTorch found, or ``cpu``."""
    accelerator = getattr(sys.modules.get("torch"), "accelerator", None)
    if accelerator is not None and accelerator.is_available():
        device = str(accelerator.current_accelerator())
        if re.fullmatch(DEVICE, device):  # the page may have replaced torch
            return device
    return "cpu"
