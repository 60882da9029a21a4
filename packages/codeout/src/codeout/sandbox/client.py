"""Runs pages in a sandbox, in which they see Python and the project, read-only.

The pool with its server and workers runs inside; only events come out. Pages see no network, no
processes of this machine, no home folder, and few variables of the environment.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pickle
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.run.events import Ended, Event, Lasting
from codeout.run.protocol import from_line
from codeout.sandbox import bwrap
from codeout.sandbox.bounds import bounds
from codeout.sandbox.cgroup import bounded

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.run.job import Job, Limits
    from codeout.run.protocol import Message

_KEPT: Final = ("PATH", "PYTHONPATH", "VIRTUAL_ENV")
_LONGEST_LINE: Final = 1 << 28
_LAST_WORDS: Final = 10_000
_SILENT_SECONDS: Final = 600.0  # in addition to the limit of a block; loading modules is slow


def run_sandboxed(
    jobs: Sequence[Job], limits: Limits, root: Path, more: deque[Job] | None = None
) -> Iterator[Event]:
    """Run pages as ``codeout.run.pool.run_jobs`` does, all in one sandbox.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.
        root: The project's folder, which pages may read.
        more: See ``run_jobs``; the files of the pages in it are those of ``jobs``.

    Raises:
        ConfigError: bubblewrap is not installed or not permitted, or the sandbox failed.
    """
    if not jobs:
        return
    most = bounds()
    words = [*bwrap.command(jobs, root, most), sys.executable, "-m", "codeout.sandbox"]
    running = {job.path: job for job in jobs}
    with (
        tempfile.TemporaryFile() as errors,
        bounded(most) as enter,
        _start(enter, words, errors) as process,
    ):
        try:
            _hand_in(process, (jobs, limits, most, more is not None), ends=more is None)
            patience = _SILENT_SECONDS + max(cell.timeout for job in jobs for cell in job.cells)
            for line in _lines(process, patience):
                event = _checked(from_line(line), running, root)
                if isinstance(event, Ended):
                    del running[event.path]
                yield event
                if isinstance(event, Ended) and more is not None:
                    following = [more.popleft() for _ in range(len(more))]
                    running |= {job.path: job for job in following}
                    _hand_in(process, following, ends=not running)
            process.wait()
        except ValueError as error:
            message = "what came out of the sandbox is not what a run tells"
            raise ConfigError(message, "a page meddles with its run: read what it does") from error
        finally:
            process.kill()
        if running:
            raise ConfigError(*_early_end(errors))


def _start(
    enter: Sequence[str], command: Sequence[str], errors: IO[bytes]
) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    end = command.index("--")
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = {**kept, "HOME": str(Path.home()), "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile() as options:  # there may be more than fit on a command line
        options.write(b"".join(os.fsencode(word) + b"\0" for word in command[1:end]))
        options.seek(0)
        handle = options.fileno()
        return subprocess.Popen(  # noqa: S603
            [*enter, command[0], "--args", str(handle), *command[end:]],
            stdin=pipe,
            stdout=pipe,
            stderr=errors,
            env=environment,
            pass_fds=[handle],
        )


def _hand_in(process: subprocess.Popen[bytes], message: object, *, ends: bool) -> None:
    """Send jobs; a pool that has already ended is noticed when it sends nothing.

    Args:
        process: The pool.
        message: What it reads next.
        ends: Whether nothing follows.
    """
    assert process.stdin is not None  # noqa: S101
    try:
        pickle.dump(message, process.stdin)
        process.stdin.flush()
    except BrokenPipeError:
        ends = True
    if ends:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()


def _lines(process: subprocess.Popen[bytes], patience: float) -> Iterator[bytes]:
    """Lines that the pool inside writes, limited in length and in time between them.

    Raises:
        ConfigError: Nothing came for too long.
        ValueError: A line is too long.
    """
    assert process.stdout is not None  # noqa: S101
    line = bytearray()
    while True:
        if not select.select([process.stdout], [], [], patience)[0]:
            message = f"the sandbox was silent for {patience:g} s, and was stopped"
            raise ConfigError(message, "run one page after the other to find the one that hangs")
        told = os.read(process.stdout.fileno(), 1 << 16)
        if not told:
            return
        *ends, rest = told.split(b"\n")
        for end in ends:
            yield bytes(line + end)
            line.clear()
        line += rest
        if len(line) > _LONGEST_LINE:
            raise ValueError("too long")


def _checked(event: Message, running: Mapping[str, Job], root: Path) -> Event:
    """The event, without what it must not claim: pages may have taken over the pool inside.

    Raises:
        ValueError: It is not about a page that runs, or claims an impossible time.
    """
    if not isinstance(event, Event):
        raise ValueError("of no page")  # noqa: TRY004  # a value that came from elsewhere
    job = running.get(event.path)
    if job is None or not 0 <= event.index < len(job.cells):
        raise ValueError("of no page")
    if isinstance(event, Lasting) and not 0 < event.seconds <= job.cells[event.index].timeout:
        raise ValueError("longer than a block may run")
    if not isinstance(event, Ended):
        return event
    reads = frozenset(path for path in event.touched.reads if bwrap.shows(Path(path), root))
    return dataclasses.replace(
        event,
        touched=dataclasses.replace(event.touched, reads=reads),
        stand_ins=tuple(file.asset.path for file in job.files if file.stand_in),
    )


def _early_end(errors: IO[bytes]) -> tuple[str, str]:
    """Message and hint for a sandbox that ended early."""
    errors.seek(0)
    told = errors.read(_LAST_WORDS).decode(errors="replace").strip()
    told, _, hint = told.partition("\n  hint: ")
    if not hint:
        known = {"nknown option": bwrap.UPDATE, "number of arguments": bwrap.FEWER}
        refused = next((hint for what, hint in known.items() if what in told), bwrap.PERMIT)
        hint = refused if told.startswith("bwrap:") else "run without it to see more"
    return f"the sandbox ended early{': ' * bool(told)}{told}", hint
