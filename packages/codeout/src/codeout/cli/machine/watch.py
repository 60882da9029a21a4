"""What ``codeout watch --json`` prints: one event a line."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from codeout.cli.machine.schema import schema_of, whole
from codeout.cli.say import give
from codeout.cli.to_json import to_json_line
from codeout.engine.outcome import Result
from codeout.errors import Problem  # noqa: TC001  # its schema is made of the annotations
from codeout.page.gap import Gap  # noqa: TC001  # likewise
from codeout.run.events import Doubted, Finished, Lasting, Resumed, Started
from codeout.watch import events as watched

if TYPE_CHECKING:
    from codeout.engine.plan import Plan
    from codeout.watch.loop import Watch


@dataclass(frozen=True, slots=True)
class Watching:
    """The watch has begun.

    Attributes:
        pages: How many pages it watches.
    """

    event: Literal["watching"] = field(default="watching", init=False)
    pages: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """The changed settings or lock cannot be used; those from before hold.

    Attributes:
        message: What is wrong.
        hint: What to do about it; may be empty.
    """

    event: Literal["rejected"] = field(default="rejected", init=False)
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A page was removed while it ran, and its run was stopped.

    Attributes:
        page: The page.
    """

    event: Literal["removed"] = field(default="removed", init=False)
    page: str


@dataclass(frozen=True, slots=True)
class Block:
    """Something has happened to a block of a page.

    Attributes:
        event: It is the first to run after a change (`resumed`); it begins (`started`), still runs
            (`lasting`), or has ended (`finished`), with or without an error.
        page: The page.
        block: The number of the block among those that run, from 1.
        line: The line where it begins; 0 if the page does not have it any more.
        seconds: How long it has run; of `resumed`, how long the blocks before it ran earlier.
    """

    event: Annotated[str, {"enum": ["resumed", "started", "lasting", "finished"]}]
    page: str
    block: int
    line: int
    seconds: float


@dataclass(frozen=True, slots=True)
class NoCheckpoint:
    """There is no checkpoint after a block: what comes after it runs again from an earlier one.

    Attributes:
        page: The page.
        block: The number of the block, from 1.
        why: Why its process cannot be kept.
    """

    event: Literal["no checkpoint"] = field(default="no checkpoint", init=False)
    page: str
    block: int
    why: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A change of a page has been handled.

    Attributes:
        page: The page.
        outcome: What became of its file.
        problems: Why it was not written; none if it was written or needed no change.
        changes: The outputs that the run has replaced.
        notes: What else there is to tell about what was written.
        gaps: What the page shows that is not compared.
        result: What can be said of the page now; null if it failed.
        lines: How many lines of output it shows.
        compared: How many of them are compared.
        blocks: How many blocks of it run.
        first: The number of the first block that ran; 0 if none did.
        ran: How many blocks ran.
        seconds: How long that took.
        saved: How many seconds the checkpoint before the first of them has saved.
    """

    event: Literal["settled"] = field(default="settled", init=False)
    page: str
    outcome: Annotated[str, {"enum": ["written", "unchanged", "failed"]}]
    problems: tuple[Problem, ...]
    changes: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
    result: Annotated[str | None, {"enum": [*map(str, Result), None]}]
    lines: int
    compared: int
    blocks: int
    first: int
    ran: int
    seconds: float
    saved: float


Told = Watching | Rejected | Removed | Block | NoCheckpoint | Settled


def follow(watch: Watch) -> None:
    """Print the events of a watch until it ends, each on a line of its own."""
    for event in watch.events():
        if told := told_of(event, watch):
            give(to_json_line(asdict(told)))
            sys.stdout.flush()


def schema() -> dict[str, Any]:
    """The JSON Schema of each line."""
    return whole("A line that `codeout watch --json` prints", schema_of(Told))


def told_of(event: watched.WatchEvent, watch: Watch) -> Told | None:  # noqa: PLR0911  # one for each kind
    """What is told of an event; None for nothing."""
    match event:
        case watched.Watching(pages):
            return Watching(pages)
        case watched.ConfigRejected(error):
            return Rejected(error.message, error.hint)
        case watched.PageRemoved(path):
            return Removed(path)
        case watched.PageSettled():
            return _settled(event)
        case Doubted(path, index, doubt):
            return NoCheckpoint(path, index + 1, doubt)
        case Resumed(path, index, seconds):
            return _block("resumed", watch.plan(path), index, seconds)
        case Started(path, index):
            return _block("started", watch.plan(path), index, 0.0)
        case Lasting(path, index, seconds):
            return _block("lasting", watch.plan(path), index, seconds)
        case Finished(path, index, ran):
            return _block("finished", watch.plan(path), index, ran.seconds)
    return None


def _block(event: str, plan: Plan, index: int, seconds: float) -> Block:
    line = plan.running[index].line if index < len(plan.running) else 0
    return Block(event, plan.path, index + 1, line, round(seconds, 3))


def _settled(event: watched.PageSettled) -> Settled:
    rerun, update = event.rerun, event.rerun.update
    outcome = None if event.problems else update.outcome
    return Settled(
        page=update.plan.path,
        outcome=event.outcome,
        problems=event.problems,
        changes=() if event.problems else update.changes,
        notes=(*event.notes, *update.notes),
        gaps=outcome.gaps if outcome else (),
        result=str(outcome.result) if outcome else None,
        lines=outcome.coverage.lines if outcome else 0,
        compared=outcome.coverage.compared if outcome else 0,
        blocks=len(update.plan.cells),
        first=rerun.start + 1 if rerun.ran else 0,
        ran=rerun.ran,
        seconds=round(rerun.seconds, 3),
        saved=round(rerun.saved, 3),
    )
