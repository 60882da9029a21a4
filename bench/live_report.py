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
        Target(
            "마지막 블록을 고쳤을 때: 블록 자신의 시간에 더해지는 시간",
            "Edit of the last block: what is added to the block's own time",
            watched.added,
            0.5,
            "s",
        ),
        Target(
            "글을 고쳤을 때: 처리하는 시간",
            "Edit of prose: until it is settled",
            median(watched.prose),
            0.2,
            "s",
        ),
        Target(
            "글을 고쳤을 때: 실행된 블록의 수",
            "Edit of prose: blocks that ran",
            live.ran,
            0,
            "",
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
    )


def _edits(live: Live) -> str:
    return table(
        (
            "엔진<br>Engine",
            "마지막 블록: 중앙값<br>Last block: median",
            "범위<br>Range",
            "자신의 시간<br>Its own time",
            "더해진 시간<br>Added to it",
            "글: 중앙값<br>Prose: median",
            "범위<br>Range",
        ),
        [_row(engine.name, live.edits[engine.name]) for engine in LIVE],
    )


def _row(name: str, edits: Edits) -> tuple[str, ...]:
    own, added = (f"{seconds:.3f}\u00a0s" for seconds in (median(edits.own), edits.added))
    return (f"`{name}`", *times(edits.last), own, added, *times(edits.prose))


def _memory(live: Live) -> str:
    return table(
        (
            "페이지<br>Page",
            "프로세스<br>Processes",
            "메모리: 페이지<br>Memory: page",
            "메모리: 전체<br>Memory: whole",
            "블록 사이<br>Between blocks",
        ),
        [
            _footprint("`codeout watch`", live.kept),
            _footprint("`codeout run`", live.ordinary),
        ],
    )


def _footprint(name: str, found: Footprint) -> tuple[str, ...]:
    between = f"{1000 * median(found.between):.1f}\u00a0ms"
    memory = (mebibytes(found.page), mebibytes(found.whole))
    return (name, str(found.processes), *memory, between)
