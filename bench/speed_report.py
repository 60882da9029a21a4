"""Figures of the commands as a section of the page, set into ``speed.md.in``."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from bench.speed import EARLIER, JSON, SITE, WARM
from bench.speed_cases import BUILDS, PEERS
from bench.tables import TARGETS, Target, table, times

if TYPE_CHECKING:
    from bench.speed import SpeedRuns

TEMPLATE = Path(__file__).with_name("speed.md.in")
_SHOWN = 5
_TWO = "what two cores need at least"


def speed_targets(runs: SpeedRuns) -> list[Target]:
    """Compare the figures with what was promised for them."""
    scale, peer = runs.scale, min(runs.median(peer.name) for peer in PEERS)
    cold = runs.median(f"run after an edit, {BUILDS[1]}")
    targets = [
        Target(
            f"`status` on {scale.real:,} pages, of before", against(runs, "status, real"), 0.1, "x"
        ),
        Target("`status` here, of before", against(runs, "status, repository"), 0.3, "x"),
        *(
            Target(
                f"`{command}` on {scale.small} pages, of a bare Python",
                runs.median(f"{command}, small, now") / runs.median(JSON),
                4,
                "x",
            )
            for command in ("status", "run")
        ),
        Target(f"`check` of {scale.pages} pages, of before", against(runs, "check"), 0.5, "x"),
        Target(
            f"`check` of {scale.pages} pages, of the fastest other program",
            runs.median("check, now") / peer,
            1.5,
            "x",
        ),
        Target("`run` after an edit, warm, of before", runs.median(WARM) / cold, 0.15, "x"),
        Target("`check --stale` where nothing is", runs.median("check --stale"), 1, "s"),
    ]
    if runs.pages:
        for of, least in (("its longest page", max(runs.pages.values())), (_TWO, least_of(runs))):
            whole = runs.median(SITE) / least
            targets.append(Target(f"Run of this repository, of {of}", whole, 1.15, "x"))
    return targets


def against(runs: SpeedRuns, case: str) -> float:
    """Divide the time of a case by that of the earlier build."""
    now, earlier = (runs.median(f"{case}, {build}") for build in BUILDS)
    return now / earlier


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
        site=_critical_path(runs),
    )


def _critical_path(runs: SpeedRuns) -> str:
    """The longest pages, beside a run of all of them."""
    if not runs.pages:
        return ""
    longest = sorted(runs.pages.items(), key=lambda page: -page[1])[:_SHOWN]
    whole, work = runs.median(SITE), sum(runs.pages.values())
    return (
        f"A run of this repository without its lock, two pages at a time, takes {whole:.1f} s. The "
        f"blocks of all pages together take {work:.1f} s, so that two cores need at least "
        f"{least_of(runs):.1f} s: the longest page, or half of all. These are the longest:\n\n"
        + table(("page", "seconds"), [(f"`{name}`", f"{each:.1f}") for name, each in longest])
        + "\n"
    )
