"""Commands beside those of an earlier build of codeout, and what a resident server saves."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from bench.builds import BUILDS, EARLIER, unpack, variables
from bench.corpus import trivial
from bench.engines import BARE, environment
from bench.measure import Case, execute, measure
from bench.page_parts import FILE, read, with_clocks
from bench.speed_cases import (
    Command,
    SpeedScale,
    cases_of,
    codeout_command,
    edited_case,
    peer_cases,
    run_repository,
    seconds_of,
    stale_cases,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

JSON = 'python -c "import json"'
VERSION = "codeout --version"
WARM = "run after an edit, warm"
SITE = "run of this repository"
TIMED = ("run", "check")
"""The commands of which is measured where the time of a page goes."""


@dataclass(frozen=True, slots=True)
class SpeedRuns:
    """What was measured.

    Attributes:
        scale: How much was measured.
        machine: Where, as ``describe`` gives it.
        seconds: Wall times of each case, by its name.
        pages: Seconds of each page of this repository, in a run of all of them.
        parts: Seconds that a short page takes in each part of some commands.
        edited: Seconds of the blocks of the page that runs after an edit.
    """

    scale: SpeedScale
    machine: Mapping[str, str]
    seconds: Mapping[str, tuple[float, ...]]
    pages: Mapping[str, float]
    parts: Mapping[str, Mapping[str, float]]
    edited: float

    def median(self, name: str) -> float:
        """The median time of a case."""
        return median(self.seconds[name])


def measure_speed(
    place: Path, scale: SpeedScale, machine: Mapping[str, str], tell: Callable[[str], None]
) -> SpeedRuns:
    """Measure everything, each case in turn.

    Raises:
        BenchError: A run failed.
    """
    unpack(EARLIER, place / "earlier")
    own, bare = variables(place), environment()
    cases: list[Case] = [
        Command(JSON, (sys.executable, "-c", "import json"), place, bare),
        Command(VERSION, codeout_command("--version"), place, own),
    ]
    for build in BUILDS:
        tell(f"making the sites of the build of {build}")
        cases += cases_of(place, build, scale)
    cases += peer_cases(place, scale)
    cases += stale_cases(place)
    warm = edited_case(place, WARM, "now")
    execute(codeout_command("warm"), warm.folder, warm.variables)
    try:
        figures = measure([*cases, warm], scale.rounds, tell)
    finally:
        execute(codeout_command("warm", "--stop"), warm.folder, warm.variables)
    seconds = {name: figure.seconds for name, figure in figures.items()}
    edited = seconds_of(warm.folder, "docs/autograd.md")
    parts = measure_parts(place, scale)
    tell(f"parts of a page: {parts}")
    pages: Mapping[str, float] = {}
    if scale.site:
        tell(SITE)
        seconds[SITE], pages = run_repository(place / "site")
    return SpeedRuns(scale, machine, seconds, pages, parts, edited)


def measure_parts(place: Path, scale: SpeedScale) -> dict[str, dict[str, float]]:
    """Seconds that a short page takes in each part of some commands, one page at a time."""
    site, told = place / "parts", place / "parts.jsonl"
    site.mkdir()
    BARE.lay_out(site, trivial(scale.pages, scale.blocks))
    own = with_clocks(site, variables(place) | {FILE: str(told)})
    found = {}
    for name in (*TIMED, TIMED[-1]):  # a second check, which has less to parse
        told.unlink(missing_ok=True)
        words = (sys.executable, "-m", "bench.page_parts", *name.split(), "--jobs", "1")
        execute(words, site, own)
        found[name] = read(told)
    return found
