"""Turns what a worker tells of a page into events, as if the page had run on this machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.cluster.crew import told_difference
from codeout.lock.observed import Observed
from codeout.lock.observing import changed_reads, path_of
from codeout.lock.versions import versions_of
from codeout.run.events import Ended, Finished, Lasting, Started
from codeout.run.messages import WorkerFailed
from codeout.run.protocol import from_line
from codeout.run.reasons import Reason, failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.cluster.task import Result, Task
    from codeout.run.events import Event

_ALONE = "run it without `--cluster` to see whether the page is to blame"
_SHARE = "share the file with workers under the same path, or declare it as data"
_SAME = "outputs may differ with it; give all workers the environment of this machine"


@dataclass(frozen=True, slots=True)
class Sent:
    """A task that a worker has.

    Attributes:
        task: The task.
        since: When it was sent, in seconds since the epoch.
        workers: The addresses of the workers that may run it; none for all of them.
    """

    task: Task
    since: float
    workers: frozenset[str] = frozenset()


def events_of(sent: Sent, result: Result) -> Iterator[Event]:
    """The events of a page that has run.

    Args:
        sent: The page.
        result: What it left.

    Raises:
        ValueError: That cannot be true.
    """
    imports: set[str] = set()
    for line in result.lines:
        match from_line(line):
            case Started() | Lasting() as event:
                yield event
            case Finished() as event:
                imports |= event.ran.imports
                yield event
            case Ended() as event:
                yield _as_here(event, sent, result, imports)
            case WorkerFailed(why):
                yield _died(sent.task, failed(why))
            case _:
                raise ValueError("not for a worker to tell")


def given_up(task: Task, why: str) -> Ended:
    """The end of a page that no worker could run."""
    return _died(task, Reason(f"no worker could run it: {why}", _ALONE))


def _died(task: Task, reason: Reason) -> Ended:
    return Ended(task.job.path, 0.0, "", died=reason.message, hint=reason.hint)


def _as_here(ended: Ended, sent: Sent, result: Result, imports: set[str]) -> Ended:
    root = Path(sent.task.root)
    touched = replace(
        ended.touched,
        reads=frozenset(path_of(result.names[path], root) for path in ended.touched.reads),
        writes=frozenset(path_of(result.names[path], root) for path in ended.touched.writes),
    )
    reason = None if ended.died else _untrue(sent.task, result, imports)
    return replace(
        ended,
        touched=touched,
        home=result.home,
        site=result.site,
        began=sent.since,
        died=reason.message if reason else ended.died,
        hint=reason.hint if reason else ended.hint,
    )


def _untrue(task: Task, result: Result, imports: set[str]) -> Reason | None:
    """Why the page may have come out otherwise than here; None if it cannot."""
    here = versions_of(imports)
    for name in sorted(here.keys() | result.versions.keys()):
        there, ours = result.versions.get(name, ""), here.get(name, "")
        if there != ours:
            told = told_difference(name, there, ours or "none")
            return Reason(f"ran on worker {result.worker}, which has {told}", _SAME)
    written = tuple(map(Path, task.ours))
    if changed := changed_reads(Observed(result.reads), Path(task.root), written):
        return Reason(f"read {changed[0]}, which worker {result.worker} has otherwise", _SHARE)
    return None
