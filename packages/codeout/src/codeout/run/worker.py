"""What the process of a page does: it settles in, runs the blocks, and tells how they went."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import signal
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Final

from codeout.run.audit import AuditHook
from codeout.run.environ_audit import note_reads
from codeout.run.environment import ENVIRONMENT, UNSET, apply_environment, forget_proxies
from codeout.run.events import Finished, Started
from codeout.run.messages import Closing, WorkerFailed
from codeout.run.protocol import DEVICE, to_line
from codeout.run.reaper import fork_reaper
from codeout.run.reasons import UNHEARD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from codeout.run.job import Job, Limits, Seat
    from codeout.run.session import Session

_PATH: Final = tuple(sys.path)
"""Where modules are looked for: in a page, what the server found, and not what its caller added."""


def serve(seat: Seat, job: Job, limits: Limits) -> None:
    """Run one page in its own process and report; see ``codeout.run.forkserver.start``."""
    with reporting_failure(seat.parent):
        set_up(seat, job, limits)
        _run(seat, job, limits)


@contextlib.contextmanager
def reporting_failure(parent: Connection) -> Iterator[None]:
    """Tell the parent of what goes wrong here and lies outside of the blocks."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent must tell of it
        with contextlib.suppress(Exception):
            parent.send_bytes(to_line(WorkerFailed(f"{type(error).__name__}: {error}")))
            return
        os._exit(UNHEARD)


def set_up(seat: Seat, job: Job, limits: Limits) -> None:
    """Make this process one of a page: with a guard, its folders, files and environment."""
    gc.freeze()  # a collection would touch, and so copy, all that the server has loaded
    _detach_from_server()
    fork_reaper(seat.lifeline, seat.parent, seat.scratch)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _create_folders(seat.scratch, job)
    _enter_environment(seat.scratch, limits)


def begin(seat: Seat, job: Job, limits: Limits) -> tuple[Session, AuditHook, set[str]]:
    """Be ready to run blocks.

    Returns:
        The session, what sees the page touch things, and the environment variables that it will
        have read.
    """
    from codeout.run.session import Session

    session = Session(seat.scratch, limits.printed)
    exec(job.setup, {})  # noqa: S102  # it is ours, or none
    session.drain()
    variables = note_reads({*ENVIRONMENT, *UNSET, *limits.environment, "TMPDIR"})
    files = (file.file.resolve() for file in job.files)
    hook = AuditHook((seat.scratch, *files), offline=limits.offline)
    hook.install()
    return session, hook, variables


def _detach_from_server() -> None:
    """Close the pipe by which the server knows that it is needed: whatever writes there ends it."""
    server = vars(vars(forkserver)["_forkserver"])
    if (pipe := server["_forkserver_alive_fd"]) is not None:
        os.close(pipe)
        server["_forkserver_alive_fd"] = None


def _create_folders(scratch: Path, job: Job) -> None:
    """Make the folders of a page, and put its data files there."""
    scratch.mkdir(mode=0o700)
    for name in ("work", "tmp"):
        (scratch / name).mkdir()
    if job.files:
        from codeout.data.links import link_files

        link_files(job.files, scratch / "work")


def _enter_environment(scratch: Path, limits: Limits) -> None:
    """Give the process the folder, the environment and the path of a page."""
    os.chdir(scratch / "work")
    apply_environment(os.environ, {"TMPDIR": str(scratch / "tmp"), **limits.environment})
    if limits.offline:
        forget_proxies(os.environ)
    tempfile.tempdir = None
    time.tzset()
    sys.path[:] = ["", *(place for place in _PATH if place)]
    sys.argv = [""]


def _run(seat: Seat, job: Job, limits: Limits) -> None:
    session, hook, variables = begin(seat, job, limits)
    imports: set[str] = set()
    for index, cell in enumerate(job.cells):
        seat.parent.send_bytes(to_line(Started(job.path, index)))
        ran = replace(session.run(cell.code), refused=hook.refused())
        seat.parent.send_bytes(to_line(Finished(job.path, index, ran)))
        imports |= ran.imports
        if cell.ends_page(ran):
            break
    seat.parent.send_bytes(to_line(Closing(device(), hook.touched(imports, variables))))


def device() -> str:
    """The accelerator that PyTorch sees, if it is loaded and there is one."""
    accelerator = getattr(sys.modules.get("torch"), "accelerator", None)
    if accelerator is not None and accelerator.is_available():
        device = str(accelerator.current_accelerator())
        if re.fullmatch(DEVICE, device):  # the page may have put a stand-in for torch there
            return device
    return "cpu"
