"""Progress while pages run: a bar on a terminal, and a note on blocks that run long."""

from __future__ import annotations

import contextlib
import functools
import math
import os
import sys
from typing import TYPE_CHECKING, Final

from codeout.cli.console import styled_lines
from codeout.cli.github import commands_stopped
from codeout.cli.say import say
from codeout.engine.annotation import on_github
from codeout.errors import Problem
from codeout.run.job import Isolation
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.progress import Progress

    from codeout.engine.execute import Pages
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.engine.update import Update
    from codeout.run.events import Event, Lasting

_TERMINAL: Final = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""Variables by which rich takes what is none for a terminal."""


def run_pages(  # noqa: PLR0913  # the options of the commands
    project: Project,
    plans: Sequence[Plan],
    *,
    jobs: int | None,
    offline: bool,
    sandbox: bool,
    fail_fast: bool,
    longest: float | None,
    cluster: str = "",
) -> Iterator[Update]:
    """Run pages under a progress bar.

    Args:
        project: Their project.
        plans: The pages.
        jobs: How many run at the same time; None for as many as configured.
        offline: Whether pages are refused the network.
        sandbox: Whether they run in the sandbox.
        fail_fast: Whether a page ends with the first block that fails.
        longest: Seconds that no block may exceed; None for as many as its page says.
        cluster: The address of the cluster that runs them; empty for none.
    """
    if not plans:
        return
    from codeout.engine.update import Update

    with progress(plans) as follow:
        isolation = Isolation(offline, sandbox)
        for event in project.execute(
            plans,
            jobs or 0,
            isolation,
            fail_fast=fail_fast,
            longest=longest or math.inf,
            cluster=cluster,
            warm=True,
        ):
            follow(event)
            if isinstance(event, Update):
                yield event


@contextlib.contextmanager
def progress(plans: Sequence[Plan] = ()) -> Iterator[Callable[[Event | Update | Pages], None]]:
    """Show progress on standard error: a bar on a terminal, elsewhere only slow blocks.

    Args:
        plans: The pages that run.

    Yields:
        A function to call with every event, and with more pages before they run.
    """
    if not _may_be_terminal():
        yield _notes_alone(plans)
        return
    from rich.console import Console

    from codeout.engine.execute import Pages
    from codeout.engine.update import Update
    from codeout.run.events import Finished, Lasting, Started

    console = Console(stderr=True, soft_wrap=True)
    bar = _bar(console)
    task = bar.add_task("loading", total=0, pages=0, of=0)
    by_path: dict[str, Plan] = {}
    done = pages = blocks = 0

    def follow(event: Event | Update | Pages) -> None:
        nonlocal done, pages, blocks
        if isinstance(event, Pages):
            by_path.update({plan.path: plan for plan in event.plans})
            pages += len(event.plans)
            blocks += sum(len(plan.cells) for plan in event.plans)
            bar.update(task, total=blocks, of=pages)
        elif isinstance(event, Started):
            bar.update(task, description=escape_line(event.path))
        elif isinstance(event, Lasting):
            _print_above(note(by_path[event.path], event), console)
        elif isinstance(event, Finished):
            bar.advance(task)
        elif isinstance(event, Update):
            done += 1
            bar.update(task, pages=done)

    follow(Pages(plans))
    with bar:
        yield follow


def _may_be_terminal() -> bool:
    """Whether standard error may be a terminal; if it cannot, nothing of rich is loaded."""
    return sys.stderr.isatty() or any(name in os.environ for name in _TERMINAL)


def _notes_alone(plans: Sequence[Plan]) -> Callable[[Event | Update | Pages], None]:
    """What to call with every event where nobody looks at a bar."""
    from codeout.engine.execute import Pages
    from codeout.run.events import Lasting

    by_path = {plan.path: plan for plan in plans}

    def follow(event: Event | Update | Pages) -> None:
        if isinstance(event, Pages):
            by_path.update({plan.path: plan for plan in event.plans})
        elif isinstance(event, Lasting):
            say(str(note(by_path[event.path], event)), error=True)

    return follow


@contextlib.contextmanager
def count(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many of some things are done, such as runs of one page.

    Args:
        what: The things.
        total: How many there will be.

    Yields:
        A function to call after each.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    seen = console.is_terminal and not on_github()
    bar = Progress(console=console, transient=True, disable=not seen)
    task = bar.add_task(what, total=total)
    with bar:
        yield functools.partial(bar.advance, task)


def note(plan: Plan, event: Lasting) -> Problem:
    """The note on a block that has been running for a while."""
    block = plan.page.blocks[plan.blocks[event.index]]
    return Problem(plan.path, block.line, block.with_name(f"still running after {event.seconds} s"))


def _bar(console: Console) -> Progress:
    """A bar of pages, blocks and time; it is disabled if standard error is no terminal."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.fields[pages]}/{task.fields[of]} pages"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} blocks"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # output to a file cannot disturb the bar
        disable=not console.is_terminal or on_github(),  # which may force colors
    )


def _print_above(problem: Problem, console: Console) -> None:
    """Print a problem above the bar."""
    with commands_stopped(str(problem), console.file):
        for line in styled_lines(problem):
            console.print(line)
