"""Clusters of real processes: a scheduler, and workers that tests may stop, kill and replace."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from distributed import Client

from tests.support.processes import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from tests.support.folder import Folder

_SECONDS = 60.0
# Or each process that waits would take a fiftieth of a core.
_QUIET = {
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}


@dataclass
class Cluster:
    """A scheduler and its workers.

    Attributes:
        folder: Where they write what they tell, and their files.
        scheduler: The process of the scheduler.
        address: Its address.
        workers: The processes of the workers that were started.
    """

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker with one thread, and wait until it is there.

        Args:
            options: More options of `dask worker`.
            environment: Variables that differ from ours.
        """
        name = f"worker-{len(self.workers)}"
        words = ["worker", self.address, "--nthreads", "1", "--no-dashboard", "--name", name]
        home = self.folder / name
        home.mkdir()
        words += ["--local-directory", str(home), *options]
        own = {"CODEOUT_CACHE": str(home / "cache"), "TMPDIR": str(home)}
        with Client(self.address, set_as_default=False) as client:
            there = len(_workers(client))
            process = _dask(words, home / "log", {**own, **environment})
            self.workers.append(process)
            until(lambda: process.poll() is not None or len(_workers(client)) > there)
        assert process.poll() is None, (home / "log").read_text()
        return process

    def addresses(self) -> list[str]:
        """The addresses of the workers that are there."""
        with Client(self.address, set_as_default=False) as client:
            return sorted(_workers(client))

    def pids(self) -> dict[str, int]:
        """The processes that run tasks, by address; each has a nanny that replaces it."""
        with Client(self.address, set_as_default=False) as client:
            return dict(client.run(os.getpid, on_error="ignore"))

    def stop(self) -> None:
        """End all processes, and what they have started."""
        for process in (*self.workers, self.scheduler):
            end(process)


def _workers(client: Client) -> Collection[str]:
    return client.scheduler_info(n_workers=-1)["workers"]


def end(process: subprocess.Popen[Any]) -> None:
    """Kill a process and all that descend from it."""
    for pid in tree(process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def cluster(folder: Path, **environment: str) -> Iterator[Cluster]:
    """A scheduler without workers; its variables may differ from ours."""
    folder.mkdir(exist_ok=True)
    words = ["scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard"]
    scheduler = _dask(words, folder / "log", environment)
    try:
        made = Cluster(folder, scheduler, _address(folder / "log"))
    except BaseException:
        end(scheduler)
        raise
    try:
        yield made
    finally:
        made.stop()


def _dask(words: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    kind, *options = words
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **_QUIET, **environment},
            start_new_session=True,
        )


def _address(log: Path) -> str:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if found := re.search(r"Scheduler at: +(\S+)", log.read_text()):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@dataclass(frozen=True)
class Ran:
    """How a command has ended."""

    status: int
    text: str


def codeout(folder: Folder, *words: str, **environment: str) -> Ran:
    """Call a command in a folder."""
    return ended(begin(folder, *words, **environment))


def begin(folder: Folder, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Call a command in a folder, in a group of processes of its own, and do not wait for it."""
    return subprocess.Popen(
        [sys.executable, "-m", "codeout", *words],
        cwd=folder.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> Ran:
    """How a command ends."""
    try:
        text, _ = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        end(process)
        raise
    return Ran(process.returncode, text)


def until(condition: Callable[[], object]) -> None:
    """Wait until something is true."""
    last = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < last, "it did not come true"
        time.sleep(0.02)


def start_over(folder: Folder, pages: Mapping[Path, bytes]) -> None:
    """Put pages back as they were, and remove figures and the lock."""
    for file, source in pages.items():
        file.write_bytes(source)
    shutil.rmtree(folder.root / "docs/assets", ignore_errors=True)
    (folder.root / "codeout.lock").unlink()


def written(root: Path) -> dict[str, bytes]:
    """What a project holds, without the time that pages took."""
    files = (
        file for file in sorted(root.rglob("*")) if file.is_file() and ".cache" not in file.parts
    )
    return {
        file.relative_to(root).as_posix(): re.sub(rb"seconds = .*", b"", file.read_bytes())
        for file in files
    }
