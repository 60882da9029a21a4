"""Figures of the commands as a section of the page, set into ``speed.md.in``."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from bench.builds import BUILDS, EARLIER
from bench.page_parts import PARTS
from bench.speed import JSON, SITE, TIMED, VERSION, WARM
from bench.speed_cases import PEERS
from bench.tables import TARGETS, Target, table, times

if TYPE_CHECKING:
    from bench.speed import SpeedRuns

TEMPLATE = Path(__file__).with_name("speed.md.in")
_SHOWN = 5
_TWO = "what two cores need at least"
_NO_CHANGES = ("check --stale", "check --since HEAD", "status --exit-code")


def speed_targets(runs: SpeedRuns) -> list[Target]:
    """Compare the figures with what was promised for them."""
    scale = runs.scale
    many, few = f"{scale.real:,} pages", f"{scale.small} pages"
    checked = f"`check` of {scale.pages} pages"
    whole = [
        Target(f"`{command}` on {many}, of before", against(runs, f"{command}, real"), 0.1, "x")
        for command in ("status", "run")
    ]
    repository = against(runs, "status, repository")
    bare = [
        Target(
            f"`{command}` on {few}, of a bare Python",
            runs.median(f"{command}, small, now") / runs.median(JSON),
            4,
            "x",
        )
        for command in ("status", "run")
    ]
    fastest = runs.median("check, now") / runs.median(fastest_peer(runs))
    return [
        *whole,
        Target("`status` on this repository, of before", repository, 0.3, "x"),
        *bare,
        Target(f"{checked}, of before", against(runs, "check"), 0.5, "x"),
        Target(f"{checked}, of the fastest other program", fastest, 1.5, "x"),
        Target("`run` after an edit, warm, of `run` before", warm(runs), 0.15, "x"),
        *(
            Target(f"`{name}` where nothing has changed", runs.median(name), 1, "s")
            for name in _NO_CHANGES
        ),
        *_site_targets(runs),
    ]


def _site_targets(runs: SpeedRuns) -> list[Target]:
    if not runs.pages:
        return []
    longest = ("its longest page", max(runs.pages.values())), (_TWO, least_of(runs))
    return [
        Target(f"Run of this repository, of {of}", runs.median(SITE) / least, 1.15, "x")
        for of, least in longest
    ]


def against(runs: SpeedRuns, case: str) -> float:
    """Divide the time of a case by that of the earlier build."""
    now, earlier = (runs.median(f"{case}, {build}") for build in BUILDS)
    return now / earlier


def warm(runs: SpeedRuns) -> float:
    """Divide the time of a warm run after an edit by that of the earlier build."""
    return runs.median(WARM) / runs.median(f"run after an edit, {BUILDS[1]}")


def fastest_peer(runs: SpeedRuns) -> str:
    """The name of the other program that ran the short pages in the shortest time."""
    return min((peer.name for peer in PEERS), key=runs.median)


def least_of(runs: SpeedRuns) -> float:
    """The seconds that two cores need for all pages: the longest one, or half of all work."""
    return max(*runs.pages.values(), sum(runs.pages.values()) / 2)


def speed_section(runs: SpeedRuns) -> str:
    """Write the section."""
    scale = runs.scale
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        commit=EARLIER[:7],
        small=scale.small,
        real=f"{scale.real:,}",
        pages=scale.pages,
        blocks=scale.blocks,
        targets=table(TARGETS, [target.row() for target in speed_targets(runs)]),
        cases=table(
            ("case", "median", "range"),
            [(f"`{name}`", *times(each)) for name, each in runs.seconds.items()],
        ),
        parts=_parts(runs),
        peer=f"`{fastest_peer(runs)}`",
        of_peer=f"{1000 * runs.median(fastest_peer(runs)) / scale.pages:.1f}",
        warm=_warm(runs),
        site=_critical_path(runs),
    )


def _parts(runs: SpeedRuns) -> str:
    """Where the time of a page goes, by the command."""
    rows = [
        (part, *(_milliseconds(runs.parts[name].get(part)) for name in TIMED)) for part in PARTS
    ]
    whole = [_milliseconds(sum(runs.parts[name].values())) for name in TIMED]
    return table(("part", *(f"`{name}`" for name in TIMED)), [*rows, ("all", *whole)])


def _milliseconds(seconds: float | None) -> str:
    return "—" if seconds is None else f"{1000 * seconds:.1f}\u00a0ms"


def _warm(runs: SpeedRuns) -> str:
    """What a warm run after an edit waits for."""
    whole, command, bare = runs.median(WARM), runs.median(VERSION), runs.median(JSON)
    rows = (
        ("the start of Python", bare),
        ("the start of the command, as for `--version`", command - bare),
        ("the blocks of the page", runs.edited),
        ("all else: its process, reading and writing it", whole - command - runs.edited),
    )
    return table(("part", "time"), [(name, _milliseconds(each)) for name, each in rows])


def _critical_path(runs: SpeedRuns) -> str:
    """The longest pages, beside a run of all of them."""
    if not runs.pages:
        return ""
    longest = sorted(runs.pages.items(), key=lambda page: -page[1])[:_SHOWN]
    whole, work = runs.median(SITE), sum(runs.pages.values())
    return (
        "### All Pages of This Repository\n\n"
        f"A run of this repository without its lock, two pages at a time, takes {whole:.1f} s. The "
        f"blocks of all pages together take {work:.1f} s, so that two cores need at least "
        f"{least_of(runs):.1f} s: the longest page, or half of all. These are the longest:\n\n"
        + table(("page", "seconds"), [(f"`{name}`", f"{each:.1f}") for name, each in longest])
        + "\n"
    )
