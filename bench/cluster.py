"""Many pages of mixed weight on a cluster of one machine, beside plain runs of codeout."""

from __future__ import annotations

import queue
import tomllib
from dataclasses import dataclass
from shutil import rmtree
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from distributed import Client, Future, LocalCluster

from bench.cases import run_all
from bench.corpus import mixed
from bench.engines import CODEOUT, ROOT, Engine
from bench.formats import as_bare_code_tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

OURS = "pages of the bench"
PAYLOAD = b"x" * 2_000
"""About as much as the code and the settings of a page."""


@dataclass(frozen=True, slots=True)
class ClusterScale:
    """How much is measured.

    Attributes:
        rounds: Timed runs of each case.
        pages: Pages of mixed weight.
        workers: Numbers of workers, and of pages at the same time without a cluster.
        empty: Empty tasks by which the scheduler is measured.
        simulated: Pages of the simulation.
    """

    rounds: int
    pages: int
    workers: tuple[int, ...]
    empty: int
    simulated: int


FULL_CLUSTER = ClusterScale(rounds=2, pages=1000, workers=(1, 2, 4), empty=3000, simulated=10_000)
QUICK_CLUSTER = ClusterScale(rounds=1, pages=20, workers=(1, 2), empty=100, simulated=200)


@dataclass(frozen=True, slots=True)
class ClusterRuns:
    """What was measured.

    Attributes:
        scale: How much was measured.
        machine: Where, as ``describe`` gives it.
        seconds: Wall times of each case, by its name.
        durations: Seconds of single pages, by where these are from.
        dispatch: Seconds of processor time that client and scheduler take for a task.
    """

    scale: ClusterScale
    machine: Mapping[str, str]
    seconds: Mapping[str, tuple[float, ...]]
    durations: Mapping[str, tuple[float, ...]]
    dispatch: float

    @property
    def start(self) -> float:
        """Seconds that a page takes beside its blocks, which alone are recorded."""
        blocks = sum(self.durations[OURS])
        return max(0.0, self.median(plain(1)) - blocks) / self.scale.pages

    def median(self, name: str) -> float:
        """The median time of a case."""
        return median(self.seconds[name])


def plain(workers: int) -> str:
    """The name of the case without a cluster."""
    return f"codeout run --jobs {workers}"


def spread(workers: int) -> str:
    """The name of the case with one."""
    return f"codeout run --cluster local --jobs {workers}"


def measure_cluster(
    place: Path, scale: ClusterScale, machine: Mapping[str, str], tell: Callable[[str], None]
) -> ClusterRuns:
    """Measure all cases in turn.

    Args:
        place: An empty folder.
        scale: How much to measure.
        machine: Where, as ``describe`` gives it.
        tell: Called with each step.

    Raises:
        BenchError: A run failed, or some block did not run.
    """
    names = [name for workers in scale.workers for name in (plain(workers), spread(workers))]
    seconds = {name: list[float]() for name in names}
    pages = mixed(scale.pages)
    recorded: tuple[float, ...] = ()
    for number in range(1, scale.rounds + 1):
        for name in names:
            folder = place / "copy"
            folder.mkdir()
            words = (*CODEOUT, *name.split()[1:], "--all")
            engine = Engine(name, as_bare_code_tabs, words, "docs/*.md")
            seconds[name].append(run_all(engine, pages, folder).seconds)
            tell(f"{number}/{scale.rounds}  {name}: {seconds[name][-1]:.2f} s")
            recorded = recorded or recorded_in(folder / "codeout.lock")
            rmtree(folder)
    dispatch = dispatch_seconds(scale.empty)
    tell(f"scheduler: {1000 * dispatch:.2f} ms a page")
    durations = {OURS: recorded, "pages of this repository": of_repository()}
    runs = {name: tuple(each) for name, each in seconds.items()}
    return ClusterRuns(scale, machine, runs, durations, dispatch)


def of_repository() -> tuple[float, ...]:
    """The seconds of the pages of this repository, as its lock has them."""
    return recorded_in(ROOT / "codeout.lock")


def recorded_in(lock: Path) -> tuple[float, ...]:
    """The seconds of the pages in a lock."""
    found: dict[str, Any] = tomllib.loads(lock.read_text(encoding="utf-8"))
    return tuple(page["seconds"] for page in found.values() if isinstance(page, dict))


def dispatch_seconds(tasks: int) -> float:
    """Measure the processor time of client and scheduler for a task, with tasks that do nothing.

    Both are in this process and take turns, so this bounds the rate of tasks on any cluster.
    """
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=16, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        reports: queue.SimpleQueue[Any] = queue.SimpleQueue()
        _run_empty(client, reports, 64)
        start = process_time()
        _run_empty(client, reports, tasks)
        return (process_time() - start) / tasks


def _run_empty(client: Client, reports: queue.SimpleQueue[Any], tasks: int) -> None:
    """Run tasks as ``codeout.cluster.dispatch`` does, two for each thread at the same time."""
    sent = 0
    futures: dict[object, Future[int]] = {}
    for done in range(-32, tasks):
        if done >= 0:
            future = reports.get()
            future.result()
            del futures[future.key]
        if sent < tasks:
            sent += 1
            made = client.submit(len, PAYLOAD, key=f"empty-{tasks}-{sent}")
            futures[made.key] = made
            made.add_done_callback(reports.put)
