"""Commands beside those of an earlier build of codeout, and what a resident server saves."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from bench.engines import environment
from bench.measure import Case, execute, measure
from bench.speed_cases import (
    BUILDS,
    PEERS,
    Command,
    SpeedScale,
    cases_of,
    codeout_command,
    edited_case,
    peer_case,
    run_repository,
    unpack,
    variables,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

EARLIER = "ee1ab928536a1cec64b0ce36e084ea2de5d9d804"
"""The commit before commands were made faster."""

JSON = 'python -c "import json"'
WARM = "run after an edit, warm"
SITE = "run of this repository"


@dataclass(frozen=True, slots=True)
class SpeedRuns:
    """What was measured.

    Attributes:
        scale: How much was measured.
        machine: Where, as ``describe`` gives it.
        seconds: Wall times of each case, by its name.
        pages: Seconds of each page of this repository, in a run of all of them.
    """

    scale: SpeedScale
    machine: Mapping[str, str]
    seconds: Mapping[str, tuple[float, ...]]
    pages: Mapping[str, float]

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
    cases: list[Case] = [Command(JSON, (sys.executable, "-c", "import json"), place, environment())]
    for build in BUILDS:
        tell(f"making the sites of the build of {build}")
        cases += cases_of(place, build, scale)
    cases += [peer_case(peer, place, scale) for peer in PEERS]
    checked = place / "sites-now" / "short"
    cases.append(
        Command("check --stale", codeout_command("check", "--stale"), checked, variables(place))
    )
    warm = edited_case(place, WARM, "now")
    execute(codeout_command("warm"), warm.folder, warm.variables)
    try:
        figures = measure([*cases, warm], scale.rounds, tell)
    finally:
        execute(codeout_command("warm", "--stop"), warm.folder, warm.variables)
    seconds = {name: figure.seconds for name, figure in figures.items()}
    pages: Mapping[str, float] = {}
    if scale.site:
        tell(SITE)
        seconds[SITE], pages = run_repository(place / "site")
    return SpeedRuns(scale, machine, seconds, pages)
