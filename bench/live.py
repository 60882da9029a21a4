"""What is measured while pages are edited: each engine in turn, then what a live page takes."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.builds import EARLIER, unpack, variables
from bench.engines import ROOT
from bench.live_engines import LIVE, OURS, WATCH
from bench.live_memory import Footprint
from bench.live_pages import code_edit, prose_edit, twenty, working
from bench.measure import execute
from bench.sitting import REST_SECONDS, sit_down

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bench.corpus import Page
    from bench.live_engines import LiveEngine

LOOK_SECONDS = 0.5  # of mkdocs serve


@dataclass(frozen=True, slots=True)
class LiveScale:
    """How much is measured.

    Attributes:
        work: Seconds of work before the last block.
        parts: Blocks that share this work.
        edits: Edits of each kind for codeout.
        others: Edits of each kind for the engines that run the whole page.
    """

    work: float
    parts: int
    edits: int
    others: int


FULL_LIVE = LiveScale(work=30.0, parts=6, edits=5, others=2)
QUICK_LIVE = LiveScale(work=5.0, parts=2, edits=2, others=1)


@dataclass(frozen=True, slots=True)
class Edits:
    """What one engine took, in seconds.

    Attributes:
        last: From each save of the last block until its new output was shown.
        own: What that block took by itself, each time.
        prose: From each save of prose until it was shown, or else until it was settled.
    """

    last: tuple[float, ...]
    own: tuple[float, ...]
    prose: tuple[float, ...]

    @property
    def added(self) -> float:
        """What comes on top of the block's own time, in the middle."""
        return median(shown - own for shown, own in zip(self.last, self.own, strict=True))


@dataclass(frozen=True, slots=True)
class Live:
    """All that was found.

    Attributes:
        scale: How much was measured.
        machine: Where, as ``describe`` gives it.
        edits: By the name of the engine.
        ran: How many blocks ``codeout watch`` ran after edits of prose.
        kept: What the page of twenty blocks takes when it is live.
        ordinary: The same at the end of an ordinary run.
        bare: A Python that has imported torch and torchvision, and nothing else; None if that was
            not measured.
        earlier: What the page takes when the build of ``bench.builds`` keeps it live; likewise.
    """

    scale: LiveScale
    machine: Mapping[str, str]
    edits: Mapping[str, Edits]
    ran: int
    kept: Footprint
    ordinary: Footprint
    bare: Footprint | None = None
    earlier: Footprint | None = None


def measure_live(
    place: Path, scale: LiveScale, machine: Mapping[str, str], tell: Callable[[str], None]
) -> Live:
    """Measure everything in folders below an empty one.

    Raises:
        BenchError: A page did not run, or an edit did not come through.
    """
    page = working(scale.work, scale.parts)
    edits = {}
    for engine in LIVE:
        edits[engine.name] = _edit(engine, page, _folder(place, engine.name), scale)
        tell(f"live  {engine.name}: {edits[engine.name].last} {edits[engine.name].prose}")
    settled = _drive(place, "bench.live_prose", page, str(scale.edits))
    watched = edits[WATCH.name]
    edits[WATCH.name] = Edits(watched.last, watched.own, tuple(settled["seconds"]))
    tell(f"live  prose settled: {settled}")
    kept, ordinary, bare = (_footprint(place, how) for how in ("live", "ordinary", "bare"))
    unpack(EARLIER, place / "earlier")
    earlier = _footprint(place, "live", "earlier")
    tell(f"live  memory: {kept.whole / 1e6:.0f} MB, before {earlier.whole / 1e6:.0f} MB")
    return Live(scale, machine, edits, settled["ran"], kept, ordinary, bare, earlier)


def _edit(engine: LiveEngine, page: Page, folder: Path, scale: LiveScale) -> Edits:
    """Start an engine, wait for the page, and save one edit after the other."""
    count = scale.edits if engine in OURS else scale.others
    last, own, prose = [], [], []
    with sit_down(engine, folder, page) as sitting:
        sitting.see(page.proof)
        for number, rest in enumerate(rests(count), 1):
            seconds, found = sitting.save(code_edit(number, scale.parts), rest)
            last.append(seconds)
            own.append(float(found["own"]))
        if engine.serves:
            for number, rest in enumerate(rests(count), 1):
                prose.append(sitting.save(prose_edit(number), rest)[0])
    return Edits(tuple(last), tuple(own), tuple(prose))


def rests(count: int) -> list[float]:
    """Spread saves over the time between two looks of an engine that looks again and again."""
    return [REST_SECONDS + LOOK_SECONDS * number / count for number in range(count)]


def _folder(place: Path, name: str) -> Path:
    folder = place / name.replace(" ", "")
    folder.mkdir()
    return folder


def _drive(
    place: Path, program: str, page: Page, argument: str, build: str = "now"
) -> dict[str, Any]:
    """Run one of the programs that drive codeout themselves; returns what it found.

    Each build has programs of its own, which know how it is driven.
    """
    folder = _folder(place, program + argument + build)
    WATCH.lay_out(folder, page, 0)
    own = variables(place, build)
    programs = ROOT if build == "now" else place / build
    own["PYTHONPATH"] = os.pathsep.join((str(programs), own["PYTHONPATH"]))
    command = (sys.executable, "-m", program, str(folder / "docs" / f"{page.name}.md"), argument)
    found: dict[str, Any] = json.loads(execute(command, folder, own).printed)
    return found


def _footprint(place: Path, how: str, build: str = "now") -> Footprint:
    found = _drive(place, "bench.live_memory", twenty(), how, build)
    return Footprint(**{**found, "between": tuple(found["between"])})
