"""Whole processes, timed: one run, the memory of its process tree, and rounds of many cases."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Protocol

from bench.processes import memory, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

TIMEOUT = 1800.0
TAIL = 2000


class BenchError(Exception):
    """A run failed, or did not execute all blocks: its time means nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of one case.

    Attributes:
        seconds: Wall time of each run, in the order of the rounds.
        memory: Peak memory of the process tree in bytes; 0 where it cannot be read.
    """

    seconds: tuple[float, ...]
    memory: int = 0

    @property
    def median(self) -> float:
        """The middle run, in seconds."""
        return median(self.seconds)


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process.

    Attributes:
        seconds: Wall time.
        memory: Peak memory of the process tree in bytes; 0 if it was not watched.
        printed: What it wrote to its standard output and error.
    """

    seconds: float
    memory: int
    printed: str


class Case(Protocol):
    """Something that can be measured again and again."""

    @property
    def name(self) -> str:
        """The key of its figure."""

    def run(self, *, watch: bool) -> Run:
        """Run once, from the same state each time."""


def measure(cases: Sequence[Case], rounds: int, tell: Callable[[str], None]) -> dict[str, Figure]:
    """Measure the cases side by side: each once, then each again, as often as there are rounds.

    A first round is not timed: it warms the file cache and watches the memory, which would
    disturb the clock.

    Raises:
        BenchError: A run failed.
    """
    memory, seconds = {}, {case.name: list[float]() for case in cases}
    for case in cases:
        memory[case.name] = case.run(watch=True).memory
        tell(f"memory  {case.name}: {memory[case.name] / 1e6:.0f} MB")
    for number in range(1, rounds + 1):
        for case in cases:
            seconds[case.name].append(case.run(watch=False).seconds)
            tell(f"{number}/{rounds}  {case.name}: {seconds[case.name][-1]:.2f} s")
    return {name: Figure(tuple(runs), memory[name]) for name, runs in seconds.items()}


def execute(
    command: Sequence[str], folder: Path, variables: Mapping[str, str], *, watch: bool = False
) -> Run:
    """Run a command in a folder, in a process group of its own, and wait for its end.

    Raises:
        BenchError: It took too long, or its exit status is not 0.
    """
    log = folder.with_suffix(".log")
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            memory = _watch(process) if watch else 0
            status = process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            seconds = time.perf_counter() - start
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    printed = log.read_text(encoding="utf-8", errors="replace")
    if status != 0:
        raise BenchError(f"{' '.join(command)}: exit status {status}\n{printed[-TAIL:]}")
    return Run(seconds, memory, printed)


def _watch(process: subprocess.Popen[bytes], pause: float = 0.05) -> int:
    """Sample the tree below a process until it ends; return the largest sum, in bytes."""
    peak, end = 0, time.monotonic() + TIMEOUT
    while process.poll() is None and time.monotonic() < end:
        peak = max(peak, memory(tree(process.pid)))
        time.sleep(pause)
    return peak
