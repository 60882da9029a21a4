"""What ``codeout watch`` prints."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from codeout.cli.console import print_gaps, print_problems
from codeout.cli.progress import note
from codeout.cli.say import say
from codeout.engine.annotation import on_github
from codeout.engine.summary import compared
from codeout.run.events import Doubted, Ended, Lasting, Started
from codeout.text.escape import escape_line
from codeout.text.plural import plural
from codeout.watch.events import ConfigRejected, PageRemoved, PageSettled, Watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from codeout.engine.outcome import Outcome
    from codeout.page.gap import Gap
    from codeout.watch.beside import Beside
    from codeout.watch.events import WatchEvent
    from codeout.watch.loop import Watch
    from codeout.watch.rerun import Rerun


def follow(watch: Watch, beside: Beside) -> None:
    """Print the events of a watch until it ends; on a terminal, show also which blocks run.

    Args:
        watch: The watch.
        beside: What goes on beside it.
    """
    gaps: dict[str, tuple[Gap, ...]] = {}
    with _running_blocks() as show:
        for event in watch.events(beside):
            show(event)
            if isinstance(event, PageSettled):
                print_problems((*event.problems, *event.notes))
                _print_new_gaps(event.rerun.update.outcome, gaps)
            if isinstance(event, Lasting):
                print_problems([note(watch.plan(event.path), event)])
            if line := line_of(event):
                _say_now(line)


def _say_now(line: str) -> None:
    say(line)
    sys.stdout.flush()


def _print_new_gaps(outcome: Outcome | None, told: dict[str, tuple[Gap, ...]]) -> None:
    """Say what of a page is not compared, if it is not what was said last."""
    if outcome and told.get(outcome.path, ()) != outcome.gaps:
        told[outcome.path] = outcome.gaps
        print_gaps(outcome)


def line_of(event: WatchEvent) -> str:
    """The line for an event; empty for an event that is not reported."""
    match event:
        case Watching(pages):
            return f"watching {plural(pages, 'page')}; Ctrl-C ends it"
        case ConfigRejected(error):
            return f"codeout: {error}"
        case Doubted(path, index, doubt):
            where = f"{escape_line(path)}: no checkpoint after block {index + 1}, for {doubt}"
            return f"{where}; what comes after it runs again from an earlier one"
        case PageSettled(rerun) as settled:
            update = rerun.update
            parts = [f"{escape_line(update.plan.path)}: {settled.outcome}", _summary(rerun)]
            parts += [compared(update.outcome)] if update.outcome and not settled.problems else []
            return "; ".join(parts)
        case _:
            return ""


def _summary(rerun: Rerun) -> str:
    """Which blocks ran, in how many seconds, and how many seconds a checkpoint saved."""
    blocks, first, last = len(rerun.update.plan.cells), rerun.start + 1, rerun.start + rerun.ran
    if not rerun.ran:
        return "no block ran"
    which = f"block {first}" if first == last else f"blocks {first} to {last}"
    summary = f"{which} of {blocks} ran in {rerun.seconds:.2f} s"
    if rerun.start:
        summary += f", and the checkpoint before block {first} saved {rerun.saved:.1f} s"
    return summary


class _Beginnings:
    """Tells that a page begins to run: whoever reads along can forget what was said of it."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def __call__(self, event: WatchEvent) -> str:
        """The line that comes before an event; empty for none."""
        match event:
            case Started(path, index) if path not in self._told:
                self._told.add(path)
                return f"{escape_line(path)}: runs from block {index + 1}"
            case PageRemoved(path):
                self._told.discard(path)
            case PageSettled(rerun) if (path := rerun.update.plan.path) in self._told:
                self._told.discard(path)
            case PageSettled(rerun):
                return f"{escape_line(rerun.update.plan.path)}: runs no block"
        return ""


@contextlib.contextmanager
def _running_blocks() -> Iterator[Callable[[WatchEvent], None]]:
    """Show the running blocks and their seconds on standard error, if that is a terminal.

    On one that cannot move its cursor, as for an editor that reads along, a line says what begins.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, soft_wrap=True)
    shown = console.is_terminal and not console.is_dumb_terminal and not on_github()
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    lines = Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
        disable=not shown,
    )
    tasks: dict[str, TaskID] = {}
    begins = _Beginnings()

    def show(event: WatchEvent) -> None:
        if console.is_dumb_terminal and (line := begins(event)):
            _say_now(line)
        if isinstance(event, Started | Ended | PageRemoved) and event.path in tasks:
            lines.remove_task(tasks.pop(event.path))
        if isinstance(event, Started):
            block = f"{escape_line(event.path)}: block {event.index + 1}"
            tasks[event.path] = lines.add_task(block, total=None)

    with lines:
        yield show
