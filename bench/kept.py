"""What was measured last, in ``results.json``: each part stays until it is measured again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.cases import Scale
from bench.cluster import ClusterRuns, ClusterScale
from bench.live import Edits, Live, LiveScale
from bench.live_memory import Footprint
from bench.measure import Figure
from bench.report import Results
from bench.speed import SpeedRuns
from bench.speed_cases import SpeedScale

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Kept:
    """The parts of the bench, each as it was measured last.

    Attributes:
        comparison: Whole runs beside other engines.
        live: Edits beside other engines.
        cluster: Many pages on a cluster, beside one machine.
        speed: Commands beside those of an earlier build.
    """

    comparison: Results | None = None
    live: Live | None = None
    cluster: ClusterRuns | None = None
    speed: SpeedRuns | None = None


def read(path: Path) -> Kept:
    """Read what is kept; nothing where there is no such file."""
    if not path.exists():
        return Kept()
    kept = json.loads(path.read_text(encoding="utf-8"))
    comparison, live, cluster = kept["comparison"], kept["live"], kept.get("cluster")
    speed = kept.get("speed")
    return Kept(
        comparison and _comparison(comparison),
        live and _live(live),
        cluster and _cluster(cluster),
        speed and _speed(speed),
    )


def write(kept: Kept, path: Path) -> None:
    """Keep results for the next time."""
    path.write_text(json.dumps(asdict(kept), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _comparison(found: Mapping[str, Any]) -> Results:
    figures = {
        name: Figure(tuple(figure["seconds"]), figure["memory"])
        for name, figure in found["figures"].items()
    }
    imports = tuple(found["torch_imports"])
    return Results(Scale(**found["scale"]), found["machine"], figures, imports)


def _live(found: Mapping[str, Any]) -> Live:
    edits = {
        name: Edits(*(tuple(each[kind]) for kind in ("last", "own", "prose")))
        for name, each in found["edits"].items()
    }
    kept, ordinary = (_footprint(found[name]) for name in ("kept", "ordinary"))
    bare, earlier = (
        _footprint(found[name]) if found.get(name) else None for name in ("bare", "earlier")
    )
    scale = LiveScale(**found["scale"])
    return Live(scale, found["machine"], edits, found["ran"], kept, ordinary, bare, earlier)


def _footprint(found: Mapping[str, Any]) -> Footprint:
    return Footprint(**{**found, "between": tuple(found["between"])})


def _cluster(found: Mapping[str, Any]) -> ClusterRuns:
    scale = ClusterScale(**{**found["scale"], "workers": tuple(found["scale"]["workers"])})
    seconds = {name: tuple(each) for name, each in found["seconds"].items()}
    durations = {name: tuple(each) for name, each in found["durations"].items()}
    return ClusterRuns(scale, found["machine"], seconds, durations, found["dispatch"])


def _speed(found: Mapping[str, Any]) -> SpeedRuns:
    seconds = {name: tuple(each) for name, each in found["seconds"].items()}
    others = (found[name] for name in ("pages", "parts", "edited"))
    return SpeedRuns(SpeedScale(**found["scale"]), found["machine"], seconds, *others)
