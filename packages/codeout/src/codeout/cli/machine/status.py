"""What ``codeout status --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # its schema is made of the annotations
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from codeout.cli.machine.schema import schema_of, whole
from codeout.cli.to_json import to_json
from codeout.engine.outcome import Result
from codeout.page.gap import Gap  # noqa: TC001  # likewise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.engine.status import Status
    from codeout.lock.record import Record


@dataclass(frozen=True, slots=True)
class PageStatus:
    """A page: whether it is fresh, and what made its outputs.

    Attributes:
        page: The page, from the folder of the project on.
        fresh: Whether it can run and its outputs are as recorded.
        reasons: Why it is stale.
        problems: Why it cannot run, in words.
        foreign: What stands in its outputs and a run does not replace, in words.
        blocks: How many blocks of it run.
        lines: How many lines of output it shows; Python that does not run counts as one.
        compared: How many of them a check compares.
        result: What a check says of it if nothing differs and nothing fails.
        gaps: What it shows that a check leaves out.
        date: The day of its last run, in UTC; null if it never ran, as in what follows.
        seconds: How long that took.
        python: The version of Python.
        device: The device for tensors: `cpu`, or the accelerator.
        versions: Versions of the distributions that it imported, by name.
        plugins: Versions of the plugins that it ran with, by name.
        stand_ins: Paths of data files that were not the true ones.
        reads: Files and folders that it read outside of its own folder.
        writes: Files that it wrote there.
        hosts: Machines that it tried to reach.
        variables: Environment variables that it read.
        missing: Modules that it asked for in vain.
    """

    page: str
    fresh: bool
    reasons: tuple[str, ...]
    problems: tuple[str, ...]
    foreign: tuple[str, ...]
    blocks: int
    lines: int
    compared: int
    result: Annotated[str, {"enum": [str(each) for each in Result]}]
    gaps: tuple[Gap, ...]
    date: Annotated[str | None, {"format": "date"}] = None
    seconds: float | None = None
    python: str | None = None
    device: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    plugins: Mapping[str, str] = field(default_factory=dict)
    stand_ins: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def as_json(found: Iterable[Status]) -> str:
    """A JSON list with an object for each page, and a newline at its end."""
    return to_json([asdict(_page(status)) for status in found])


def schema() -> dict[str, Any]:
    """The JSON Schema of that list."""
    title = "What `codeout status --json` prints"
    return whole(title, {"type": "array", "items": schema_of(PageStatus)})


def _page(status: Status) -> PageStatus:
    return PageStatus(
        page=status.path,
        fresh=status.fresh,
        reasons=status.reasons,
        problems=tuple(map(str, status.problems)),
        foreign=tuple(map(str, status.foreign)),
        blocks=status.blocks,
        lines=status.coverage.lines,
        compared=status.coverage.compared,
        result=str(status.outcome.result),
        gaps=status.outcome.gaps,
        **_last_run(status.record),
    )


def _last_run(record: Record | None) -> dict[str, Any]:
    if record is None:
        return {}
    seen = record.observed
    return {
        "date": record.date.isoformat(),
        "seconds": record.seconds,
        "python": record.python,
        "device": record.device,
        "versions": dict(record.versions),
        "plugins": dict(record.inputs.plugins),
        "stand_ins": record.stand_ins,
        "reads": tuple(seen.reads),
        "writes": seen.writes,
        "hosts": seen.hosts,
        "variables": seen.variables,
        "missing": seen.missing,
    }
