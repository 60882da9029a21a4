"""Figures of the cluster as a section of the page, set into ``cluster.md.in``."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from bench.cluster import ClusterRuns, plain, spread
from bench.simulate import lower_bound, makespan, repeated
from bench.tables import TARGETS, Target, table, times

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE = Path(__file__).with_name("cluster.md.in")
SIMULATED_WORKERS = (10, 100, 1000)


def overhead(runs: ClusterRuns, workers: int) -> float:
    """What a page costs more on a cluster, in milliseconds."""
    more = runs.median(spread(workers)) - runs.median(plain(workers))
    return 1000 * more / runs.scale.pages


def cluster_targets(runs: ClusterRuns) -> list[Target]:
    """Compare the figures with what was promised for them."""
    return [Target("A page more on a cluster of one worker", overhead(runs, 1), 15, "ms")]


def cluster_section(runs: ClusterRuns) -> str:
    """Write the section."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        pages=f"{runs.scale.pages:,}",
        simulated=f"{runs.scale.simulated:,}",
        empty=f"{runs.scale.empty:,}",
        dispatch=f"{1000 * runs.dispatch:.2f}",
        start=f"{1000 * runs.start:.0f}",
        load=runs.machine["load before"],
        rate=f"{1 / runs.dispatch:,.0f}",
        targets=table(TARGETS, [target.row() for target in cluster_targets(runs)]),
        runs=_runs(runs),
        simulation=table(
            ("pages", "workers", "lower bound", "makespan", "ratio", "ratio, free scheduler"),
            _simulation(runs),
        ),
    )


def _runs(runs: ClusterRuns) -> str:
    return table(
        ("case", "median", "range", "a page more than without a cluster"),
        [
            row
            for workers in runs.scale.workers
            for row in (
                (f"`{plain(workers)}`", *times(runs.seconds[plain(workers)]), ""),
                (
                    f"`{spread(workers)}`",
                    *times(runs.seconds[spread(workers)]),
                    f"{overhead(runs, workers):.1f}\u00a0ms",
                ),
            )
        ],
    )


def _simulation(runs: ClusterRuns) -> Iterator[tuple[str, ...]]:
    for name, recorded in runs.durations.items():
        durations = repeated([runs.start + each for each in recorded], runs.scale.simulated)
        for workers in SIMULATED_WORKERS:
            least = lower_bound(durations, workers)
            took, ideal = (makespan(durations, workers, c) for c in (runs.dispatch, 0.0))
            yield (
                name,
                f"{workers:,}",
                f"{least:,.1f}\u00a0s",
                f"{took:,.1f}\u00a0s",
                f"{took / least:.2f}",
                f"{ideal / least:.2f}",
            )
