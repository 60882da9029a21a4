"""The command line: measure, keep the results, and write the page with its figure."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench import kept
from bench.cases import FULL, QUICK, cold_cases, import_case, settled_cases
from bench.cluster import FULL_CLUSTER, QUICK_CLUSTER, ClusterRuns, measure_cluster
from bench.cluster_report import cluster_section
from bench.engines import ROOT
from bench.live import FULL_LIVE, QUICK_LIVE, measure_live
from bench.live_figure import draw
from bench.live_report import section
from bench.machine import describe
from bench.measure import BenchError, measure
from bench.report import Results, write
from bench.speed import SpeedRuns, measure_speed
from bench.speed_cases import FULL_SPEED, QUICK_SPEED
from bench.speed_report import speed_section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.cases import Scale
    from bench.cluster import ClusterScale
    from bench.kept import Kept
    from bench.live import Live, LiveScale
    from bench.speed_cases import SpeedScale

PAGE = ROOT / "docs" / "engine" / "benchmarks.md"
FIGURE = ROOT / "docs" / "assets" / "bench" / "live.svg"
PARTS = ("comparison", "live", "cluster", "speed", "report")


def main() -> None:
    """Measure what was asked for; write the page, or print it if the run was a quick one."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run; the page is printed")
    parser.add_argument("--only", choices=PARTS, help="one part; `report` measures nothing")
    parser.add_argument("--rounds", type=int, help=f"timed runs of each case ({FULL.rounds})")
    options = parser.parse_args()
    parts = [options.only] if options.only else list(PARTS)
    scale = QUICK if options.quick else FULL
    if options.rounds:
        scale = replace(scale, rounds=options.rounds)
    try:
        if options.quick:
            print(try_out(parts, scale))
        else:
            run(parts, scale)
    except BenchError as error:
        sys.exit(f"bench: {error}")


def try_out(parts: list[str], scale: Scale) -> str:
    """Measure briefly, keep nothing, and return the page, or what there is of it.

    Raises:
        BenchError: A run failed.
    """
    machine = describe()
    comparison = compare(scale, machine) if "comparison" in parts else None
    live = edit(QUICK_LIVE, machine) if "live" in parts else None
    cluster = spread(QUICK_CLUSTER, machine) if "cluster" in parts else None
    speed = hurry(QUICK_SPEED, machine) if "speed" in parts else None
    if comparison:
        return write(comparison, live, cluster, speed)
    shown = [section(live)] if live else []
    shown += [cluster_section(cluster)] if cluster else []
    shown += [speed_section(speed)] if speed else []
    return "".join(shown)


def run(parts: list[str], scale: Scale) -> None:
    """Measure some parts, keep them, and write the page with what was kept of the others.

    Raises:
        BenchError: A run failed, or the page lacks what has never been measured.
    """
    found, machine = kept.read(kept.KEPT), describe()
    if "comparison" in parts:
        found = replace(found, comparison=compare(scale, machine))
        kept.write(found, kept.KEPT)
    if "live" in parts:
        found = replace(found, live=edit(FULL_LIVE, machine))
        kept.write(found, kept.KEPT)
    if "cluster" in parts:
        rounds = min(scale.rounds, FULL_CLUSTER.rounds)
        found = replace(found, cluster=spread(replace(FULL_CLUSTER, rounds=rounds), machine))
        kept.write(found, kept.KEPT)
    if "speed" in parts:
        found = replace(found, speed=hurry(replace(FULL_SPEED, rounds=scale.rounds), machine))
        kept.write(found, kept.KEPT)
    publish(found)


def publish(found: Kept) -> None:
    """Write the page and its figure.

    Raises:
        BenchError: There are no results for the page.
    """
    if found.comparison is None:
        raise BenchError("no whole runs are kept; measure them with `--only comparison`")
    PAGE.write_text(
        write(found.comparison, found.live, found.cluster, found.speed), encoding="utf-8"
    )
    if found.live:
        FIGURE.parent.mkdir(parents=True, exist_ok=True)
        FIGURE.write_text(draw(found.live), encoding="utf-8")


def compare(scale: Scale, machine: Mapping[str, str]) -> Results:
    """Measure whole runs, telling each step on standard error.

    Raises:
        BenchError: A run failed.
    """
    with TemporaryDirectory(prefix="bench-") as place:
        tell("making the sites with nothing to do")
        settled = settled_cases(Path(place), scale)
        cold = [*cold_cases(Path(place), scale), import_case(Path(place))]
        figures = measure([*cold, *settled], scale.rounds, tell)
        imports = tuple(case.name for case in settled if case.imports_torch())
    return Results(scale, machine, figures, imports)


def edit(scale: LiveScale, machine: Mapping[str, str]) -> Live:
    """Measure edits, telling each step on standard error.

    Raises:
        BenchError: A run failed.
    """
    with TemporaryDirectory(prefix="bench-") as place:
        return measure_live(Path(place), scale, machine, tell)


def spread(scale: ClusterScale, machine: Mapping[str, str]) -> ClusterRuns:
    """Measure many pages on a cluster.

    Raises:
        BenchError: A run failed.
    """
    with TemporaryDirectory(prefix="bench-") as place:
        return measure_cluster(Path(place), scale, machine, tell)


def hurry(scale: SpeedScale, machine: Mapping[str, str]) -> SpeedRuns:
    """Measure commands beside those of an earlier build.

    Raises:
        BenchError: A run failed.
    """
    with TemporaryDirectory(prefix="bench-") as place:
        return measure_speed(Path(place), scale, machine, tell)


def tell(line: str) -> None:
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
