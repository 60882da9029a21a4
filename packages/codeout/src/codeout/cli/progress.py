"""What people see while pages run: a bar on their terminal, and a note on what runs long."""

from __future__ import annotations

import contextlib
import functools
import sys
from typing import TYPE_CHECKING

from codeout.cli.console import colored, commands_stopped, on_github
from codeout.errors import Problem
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.progress import Progress

    from codeout.engine.plan import Plan
    from codeout.engine.update import Update
    from codeout.run.events import Event, Lasting


@contextlib.contextmanager
def progress(plans: Sequence[Plan]) -> Iterator[Callable[[Event | Update], None]]:
    """Say on standard error what happens: on a terminal by a bar, elsewhere what runs long alone.

    Args:
        plans: All the pages that run.

    Yields:
        What wants to know of every event.
    """
    from rich.console import Console

    from codeout.engine.update import Update
    from codeout.run.events import Finished, Lasting, Started

    console = Console(stderr=True, soft_wrap=True)
    bar = _bar(len(plans), console)
    task = bar.add_task("loading", total=sum(len(plan.cells) for plan in plans), pages=0)
    by_path = {plan.path: plan for plan in plans}
    done = 0

    def follow(event: Event | Update) -> None:
        nonlocal done
        if isinstance(event, Started):
            bar.update(task, description=escape_line(event.path))
        elif isinstance(event, Lasting):
            _print(note(by_path[event.path], event), console)
        elif isinstance(event, Finished):
            bar.advance(task)
        elif isinstance(event, Update):
            done += 1
            bar.update(task, pages=done)

    with bar:
        yield follow


@contextlib.contextmanager
def runs(total: int) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many runs of one page are over.

    Args:
        total: How many there will be.

    Yields:
        What to call after each run.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    bar = Progress(console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("runs", total=total)
    with bar:
        yield functools.partial(bar.advance, task)


def note(plan: Plan, event: Lasting) -> Problem:
    """Where a block stands that still runs, and for how long it has."""
    block = plan.page.blocks[plan.blocks[event.index]]
    return Problem(plan.path, block.line, block.told(f"still running after {event.seconds} s"))


def _bar(pages: int, console: Console) -> Progress:
    """A bar of pages, blocks and time, which shows nothing where nobody looks."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn(f"{{task.fields[pages]}}/{pages} pages"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} blocks"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # elsewhere it is no part of the picture
        disable=not console.is_terminal or on_github(),  # where colors may be forced
    )


def _print(told: Problem, console: Console) -> None:
    """Print above the bar."""
    with commands_stopped(str(told), console.file):
        for line in colored(told):
            console.print(line)
