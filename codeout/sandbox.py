"""Pages in a sandbox: bubblewrap gives them Python, the project to read, and nothing else.

The pool runs inside, with its server and its pages; only events come out. Pages see no network, no
process of this machine, no home, and of the environment only what they need to start.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from codeout.job import Ended
from codeout.problem import ConfigError
from codeout.wire import from_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.job import Event, Job, Limits

_INSTALL: Final = "install bubblewrap (`apt-get install bubblewrap`), or run without `--sandbox`"
_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS: Final = (
    *("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/ld.so.conf.d"),
    *("/etc/localtime", "/etc/mime.types", "/etc/passwd", "/etc/group", "/etc/ssl/certs"),
)
_SECRETS: Final = (".git", ".env", ".netrc", ".pypirc", ".ssh")
_KEPT: Final = ("PATH", "PYTHONPATH", "VIRTUAL_ENV")


def run_boxed(jobs: Sequence[Job], limits: Limits, root: Path) -> Iterator[Event]:
    """Run pages as ``codeout.pool.run_jobs`` does, in a sandbox that they share.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.
        root: The project's folder, which pages may read.

    Raises:
        ConfigError: There is no bubblewrap, it may not be used here, or the sandbox broke.
    """
    if not jobs:
        return
    with tempfile.TemporaryDirectory(prefix="codeout-box-") as scratch:
        command = [*box(jobs, root, Path(scratch)), sys.executable, "-m", "codeout.boxed"]
        with tempfile.TemporaryFile() as errors, _start(command, errors) as process:
            try:
                yield from _events(process, jobs, limits)
            except ValueError as error:
                raise ConfigError("what came out of the sandbox is not what a run tells") from error
            finally:
                process.kill()
            errors.seek(0)
            told = errors.read().decode(errors="replace").strip()
        if process.returncode not in (0, -9):
            raise ConfigError(f"the sandbox ended early: {told}; {_INSTALL}")


def box(jobs: Sequence[Job], root: Path, scratch: Path) -> list[str]:
    """The command line of bubblewrap, without what it is to run.

    Args:
        jobs: The pages, whose data files can be read.
        root: The project's folder.
        scratch: An empty folder, which pages see as ``/tmp``.

    Raises:
        ConfigError: There is no bubblewrap.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise ConfigError(f"`--sandbox` needs the program bwrap; {_INSTALL}")
    home = str(Path.home())
    seen = [Path(place) for place in (sys.prefix, sys.base_prefix, *sys.path) if place]
    seen += [
        Path(__file__).parent,
        root,
        *(file.file.resolve().parent for job in jobs for file in job.files),
    ]
    command = [program, "--unshare-all", "--die-with-parent", "--new-session"]
    command += ["--cap-drop", "ALL"]
    for path in _SYSTEM:
        command += _system(path)
    for path in _SETTINGS:
        command += ["--ro-bind-try", path, path]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", home, "--bind", str(scratch), "/tmp"]  # noqa: S108
    for path in map(str, dict.fromkeys(seen)):
        command += ["--ro-bind-try", path, path]
    for name in _SECRETS:
        command += _hidden(root / name)
    return [*command, "--chdir", str(root), "--"]


def _system(path: str) -> list[str]:
    """A folder of the system; on many systems some are links into /usr."""
    if os.path.islink(path):  # noqa: PTH114
        return ["--symlink", os.readlink(path), path]  # noqa: PTH115
    return ["--ro-bind-try", path, path]


def _hidden(path: Path) -> list[str]:
    """Nothing in place of something of the project that may hold secrets."""
    if path.is_dir():
        return ["--tmpfs", str(path)]
    return ["--ro-bind", os.devnull, str(path)] if path.exists() else []


def _start(command: Sequence[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = {**kept, "HOME": str(Path.home()), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(  # noqa: S603
        command, stdin=pipe, stdout=pipe, stderr=errors, env=environment
    )


def _events(
    process: subprocess.Popen[bytes], jobs: Sequence[Job], limits: Limits
) -> Iterator[Event]:
    """What the pool inside tells, as far as it concerns pages that run there."""
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    running = {job.path: len(job.cells) for job in jobs}
    with contextlib.suppress(BrokenPipeError), process.stdin as told:
        pickle.dump((jobs, limits), told)
    for line in process.stdout:
        event = from_line(line)
        if event.path not in running or not 0 <= event.index < running[event.path]:
            raise ValueError("of no page")
        if isinstance(event, Ended):
            del running[event.path]
        yield event
    process.wait()
