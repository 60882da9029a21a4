"""One sitting of an author: an engine that runs, a page that is saved, and the wait for it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.engines import environment
from bench.live_engines import HOST, TIMEOUT
from bench.measure import TAIL, BenchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.corpus import Page
    from bench.live_engines import LiveEngine
    from bench.live_pages import Edit

REST_SECONDS = 1.0
END_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Sitting:
    """An engine at work on a page.

    Attributes:
        engine: The engine.
        folder: Its project.
        port: Where it serves, if it does.
        process: The engine's own process.
    """

    engine: LiveEngine
    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def see(self, proof: str) -> re.Match[str]:
        """Wait until what is shown matches a pattern.

        Raises:
            BenchError: It never did, or the engine ended.
        """
        until = time.monotonic() + TIMEOUT
        while time.monotonic() < until:
            if found := re.search(proof, self.engine.shown(self.folder, self.port)):
                return found
            if self.process.poll() is not None:
                raise self._error(f"exit status {self.process.returncode}")
            time.sleep(self.engine.pause)
        raise self._error(f"not shown within {TIMEOUT:g} s: {proof}")

    def save(self, edit: Edit, rest: float = REST_SECONDS) -> tuple[float, re.Match[str]]:
        """Save an edit of the page, after a moment of rest, and wait until its effect is shown.

        Args:
            edit: What changes.
            rest: Seconds in which nothing happens before the save.

        Returns:
            The seconds from the save, and what was found.

        Raises:
            BenchError: The edit does not fit the page, or nothing came of it.
        """
        time.sleep(rest)
        start = save(self.folder / self.engine.page, edit, self.folder.with_suffix(".draft"))
        found = self.see(edit.proof)
        return time.perf_counter() - start, found

    def _error(self, what: str) -> BenchError:
        printed = log_of(self.folder).read_text(encoding="utf-8", errors="replace")
        return BenchError(f"{self.engine.name}: {what}\n{printed[-TAIL:]}")


def save(page: Path, edit: Edit, draft: Path) -> float:
    """Put the edited page in the place of the old one, as editors do.

    Args:
        page: Its file.
        edit: What changes.
        draft: A file where nobody watches, for the page until then.

    Returns:
        When the page was saved, by ``time.perf_counter``.

    Raises:
        BenchError: The edit does not fit the page.
    """
    draft.write_text(edit.apply(page.read_text(encoding="utf-8")), encoding="utf-8")
    start = time.perf_counter()
    draft.replace(page)
    return start


@contextmanager
def sit_down(engine: LiveEngine, folder: Path, page: Page) -> Iterator[Sitting]:
    """Lay a page out in an empty folder, start an engine there, and end it afterwards."""
    port = free_port()
    engine.lay_out(folder, page, port)
    with log_of(folder).open("wb") as out:
        process = subprocess.Popen(
            engine.command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Sitting(engine, folder, port, process)
    finally:
        for how in (signal.SIGINT, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)


def log_of(folder: Path) -> Path:
    """Name the file beside a folder that holds what the engine in it prints."""
    return folder.with_suffix(".log")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
