"""What people see while pages run: a bar on their terminal."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from codeout.visible import visible_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.job import Event
    from codeout.plan import Plan
    from codeout.update import Update


@contextlib.contextmanager
def progress(plans: Sequence[Plan]) -> Iterator[Callable[[Event | Update], None]]:
    """A bar of pages, blocks and time on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from codeout.job import Finished, Started
    from codeout.update import Update

    pages, blocks = len(plans), sum(len(plan.cells) for plan in plans)
    columns = (
        TextColumn(f"{{task.fields[pages]}}/{pages} pages"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} blocks"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    console = Console(stderr=True, soft_wrap=True)
    bar = Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # elsewhere it is no part of the picture
        disable=not console.is_terminal,
    )
    task = bar.add_task("loading", total=blocks, pages=0)
    done = 0

    def follow(event: Event | Update) -> None:
        nonlocal done
        if isinstance(event, Started):
            bar.update(task, description=visible_line(event.path))
        elif isinstance(event, Finished):
            bar.advance(task)
        elif isinstance(event, Update):
            done += 1
            bar.update(task, pages=done)

    with bar:
        yield follow
