"""Figures as a page: targets, tables and the machine, set into ``report.md.in``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from bench.cases import IMPORT
from bench.cluster_report import cluster_section
from bench.engines import SIDE_BY_SIDE
from bench.live_report import section
from bench.speed_report import speed_section
from bench.tables import TARGETS, Target, mebibytes, table, times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.cases import Scale
    from bench.cluster import ClusterRuns
    from bench.live import Live
    from bench.measure import Figure
    from bench.speed import SpeedRuns

TEMPLATE = Path(__file__).with_name("report.md.in")


@dataclass(frozen=True, slots=True)
class Results:
    """All that whole runs beside other engines have shown.

    Attributes:
        scale: How much was measured.
        machine: Where, as ``describe`` gives it.
        figures: By the name of the case.
        torch_imports: Names of the cases with nothing to do that imported torch all the same.
    """

    scale: Scale
    machine: Mapping[str, str]
    figures: Mapping[str, Figure]
    torch_imports: tuple[str, ...] = ()


def ratio(figures: Mapping[str, Figure], slow: str, fast: str) -> float:
    """Divide the median of one case by that of another."""
    return figures[slow].median / figures[fast].median


def per_block(results: Results) -> float:
    """Work out what one more trivial block costs, in milliseconds."""
    more = results.figures["many blocks"].median - results.figures["one block"].median
    return 1000 * more / (results.scale.many - 1)


def targets(results: Results) -> list[Target]:
    """Compare the figures with what was promised for them."""
    figures = results.figures
    return [
        Target("Cold run against the floor", ratio(figures, "codeout", "floor"), 1.3, "x"),
        Target(
            "Cold run: times faster than mkdocs-jupyter",
            ratio(figures, "mkdocs-jupyter", "codeout"),
            10,
            "x",
            least=True,
        ),
        Target(
            "Cold run: times faster than markdown-exec",
            ratio(figures, "markdown-exec", "codeout"),
            2,
            "x",
            least=True,
        ),
        Target(
            "Commands with nothing to do that imported torch", len(results.torch_imports), 0, ""
        ),
        Target("Cost of one block", per_block(results), 3, "ms"),
    ]


def write(
    results: Results,
    live: Live | None = None,
    cluster: ClusterRuns | None = None,
    speed: SpeedRuns | None = None,
) -> str:
    """Write the page, with a section for each other part that was measured."""
    scale = results.scale
    machines = {"comparison": results.machine}
    if live:
        machines["live editing"] = live.machine
    if cluster:
        machines["cluster"] = cluster.machine
    if speed:
        machines["commands"] = speed.machine
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        pages=scale.pages,
        blocks=scale.blocks,
        rounds=scale.rounds,
        importing=f"{results.figures[IMPORT].median:.2f}",
        floor=f"{results.figures['floor'].median:.2f}",
        small=scale.small,
        large=f"{scale.large:,}",
        many=scale.many,
        targets=table(TARGETS, [target.row() for target in targets(results)]),
        cold=_cold(results.figures),
        others=_others(results.figures),
        live=f"{section(live)}\n" if live else "",
        cluster=f"{cluster_section(cluster)}\n" if cluster else "",
        speed=f"{speed_section(speed)}\n" if speed else "",
        machine=_machine(machines),
    )


def _cold(figures: Mapping[str, Figure]) -> str:
    return table(
        ("engine", "median", "range", "against the floor", "against codeout", "peak memory"),
        [
            (
                f"`{engine.name}`",
                *times(figures[engine.name].seconds),
                f"{ratio(figures, engine.name, 'floor'):.2f}x",
                f"{ratio(figures, engine.name, 'codeout'):.2f}x",
                mebibytes(figures[engine.name].memory),
            )
            for engine in SIDE_BY_SIDE
        ],
    )


def _others(figures: Mapping[str, Figure]) -> str:
    engines = {engine.name for engine in SIDE_BY_SIDE}
    return table(
        ("case", "median", "range", "peak memory"),
        [
            (f"`{name}`", *times(figure.seconds), mebibytes(figure.memory))
            for name, figure in figures.items()
            if name not in engines
        ],
    )


def _machine(parts: Mapping[str, Mapping[str, str]]) -> str:
    """Show where each part was measured, side by side."""
    items = dict.fromkeys(item for machine in parts.values() for item in machine)
    return table(
        ("item", *parts),
        [(item, *(machine.get(item, "—") for machine in parts.values())) for item in items],
    )
