"""The command ``codeout stability``: what moves under other seeds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from codeout.cli import console, progress
from codeout.cli.exit_status import DIFFER
from codeout.cli.github import annotate
from codeout.cli.options import PAGE
from codeout.cli.say import say
from codeout.engine.project import Project

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@PAGE
@click.option(
    "-n", "runs", type=click.IntRange(1), default=5, help="Runs after the usual one; 5 by default."
)
@click.option("--jobs", type=click.IntRange(1), help="Runs at the same time.")
def stability(page: Path, *, runs: int, jobs: int | None) -> None:
    """Run PAGE under other seeds, hash seeds and thread counts, and say what moves."""
    from codeout.stability.verdict import assess

    project = Project.open()
    (plan,) = project.plans([page])
    with progress.count("runs", 1 + runs) as step:
        verdict = assess(project.config, plan, runs, jobs or 0, step)
    console.print_problems(verdict.problems)
    annotate(verdict.problems)
    say(verdict.summary)
    sys.exit(0 if verdict.stable else DIFFER)
