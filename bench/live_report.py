"""Figures of the live bench as a section of the page, set into ``live.md.in``."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from string import Template
from typing import TYPE_CHECKING

from bench.builds import EARLIER
from bench.live_engines import LIVE, WATCH
from bench.tables import TARGETS, Target, mebibytes, table, times

if TYPE_CHECKING:
    from bench.live import Edits, Live
    from bench.live_memory import Footprint

TEMPLATE = Path(__file__).with_name("live.md.in")


def live_targets(live: Live) -> list[Target]:
    """Compare the figures with what was promised for them."""
    watched = live.edits[WATCH.name]
    memory = [live.kept.whole / live.earlier.whole] if live.earlier else []
    return [
        Target("Edit of the last block: time added to the block's own", watched.added, 0.5, "s"),
        Target("Edit of prose: time until it is processed", median(watched.prose), 0.2, "s"),
        Target("Edit of prose: blocks that ran", live.ran, 0, ""),
        *(
            Target("Memory of a live page of 20 blocks, in all, of before", each, 0.8, "x")
            for each in memory
        ),
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
        commit=EARLIER[:7],
        share=_share(live),
        beside=_beside(live),
        checkpoint=mebibytes((live.kept.whole - live.ordinary.whole) // _checkpoints(live)),
    )


def _share(live: Live) -> str:
    """How much of what a live page took before is the import alone."""
    if not (live.bare and live.earlier):
        return ""
    return f", and this is {live.bare.whole / live.earlier.whole:.2f} of what one took before"


def _beside(live: Live) -> str:
    """What an ordinary run takes beside the import."""
    return f" ({mebibytes(live.ordinary.whole - live.bare.whole)})" if live.bare else ""


def _checkpoints(live: Live) -> int:
    """How many processes a live page has that an ordinary run has not."""
    return live.kept.processes - live.ordinary.processes


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
            *([_footprint("`codeout watch`, before", live.earlier)] if live.earlier else []),
            _footprint("`codeout run`", live.ordinary),
            *([_footprint("`import torch, torchvision`", live.bare)] if live.bare else []),
        ],
    )


def _footprint(name: str, found: Footprint) -> tuple[str, ...]:
    between = f"{1000 * median(found.between):.1f}\u00a0ms" if found.between else "—"
    memory = (mebibytes(found.page), mebibytes(found.whole))
    return (name, str(found.processes), *memory, between)
