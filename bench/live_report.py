"""Figures of the live bench as a section of the page, set into ``live.md.in``."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from string import Template
from typing import TYPE_CHECKING

from bench.live_engines import LIVE, WATCH
from bench.tables import TARGETS, Target, mebibytes, table, times

if TYPE_CHECKING:
    from bench.live import Edits, Live
    from bench.live_memory import Footprint

TEMPLATE = Path(__file__).with_name("live.md.in")


def live_targets(live: Live) -> list[Target]:
    """Compare the figures with what was promised for them."""
    watched = live.edits[WATCH.name]
    return [
        Target("Edit of the last block: time added to the block's own", watched.added, 0.5, "s"),
        Target("Edit of prose: time until it is processed", median(watched.prose), 0.2, "s"),
        Target("Edit of prose: blocks that ran", live.ran, 0, ""),
        Target("Memory of a live page of 20 blocks, in all", live.kept.whole / 2**20, 698, "MiB"),
    ]


def section(live: Live) -> str:
    """Write the section."""
    scale = live.scale
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        work=f"{scale.work:g}",
        parts=scale.parts,
        count=scale.edits,
        others=scale.others,
        targets=table(TARGETS, [target.row() for target in live_targets(live)]),
        edits=_edits(live),
        memory=_memory(live),
    )


def _edits(live: Live) -> str:
    return table(
        (
            "engine",
            "last block: median",
            "range",
            "own time",
            "added time",
            "prose: median",
            "range",
        ),
        [_row(engine.name, live.edits[engine.name]) for engine in LIVE],
    )


def _row(name: str, edits: Edits) -> tuple[str, ...]:
    own, added = (f"{seconds:.3f}\u00a0s" for seconds in (median(edits.own), edits.added))
    return (f"`{name}`", *times(edits.last), own, added, *times(edits.prose))


def _memory(live: Live) -> str:
    return table(
        ("page", "processes", "memory: page", "memory: total", "between blocks"),
        [
            _footprint("`codeout watch`", live.kept),
            _footprint("`codeout run`", live.ordinary),
            *([_footprint("`import torch, torchvision`", live.bare)] if live.bare else []),
        ],
    )


def _footprint(name: str, found: Footprint) -> tuple[str, ...]:
    between = f"{1000 * median(found.between):.1f}\u00a0ms" if found.between else "—"
    memory = (mebibytes(found.page), mebibytes(found.whole))
    return (name, str(found.processes), *memory, between)
