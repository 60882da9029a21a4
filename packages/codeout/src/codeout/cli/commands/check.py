"""The command ``codeout check``: runs pages and compares, and writes nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from codeout.cli import console, progress
from codeout.cli.github import annotate
from codeout.cli.options import PATHS, running
from codeout.engine.outcome_of import outcome_of
from codeout.engine.project import Project

_DIFFER = 1


@click.command()
@PATHS
@click.option("--junit", type=click.Path(path_type=Path), help="Write JUnit's XML there.")
@click.option(
    "--require-compared",
    "percent",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Fail if less of what the pages show is compared.",
)
@running(offline=True)
def check(paths: tuple[Path, ...], *, junit: Path | None, percent: int | None, **how: Any) -> None:
    """Run all pages, or those at PATHS, and say where the outputs in them are not true."""
    project = Project.open()
    plans = project.plans(paths)
    tally, updates = console.Tally(), []
    covers = {plan.path: outcome_of(plan) for plan in plans}
    outcomes = []
    for update in progress.run_pages(project, plans, **how):
        updates.append(update)
        problems = (*update.problems, *update.changes)
        outcome = covers[update.plan.path]
        outcomes += [outcome] if not update.problems else []
        tally.count(update.problems, outcome, changed=bool(update.changes))
        console.print_problems(problems)
        annotate(problems)
        console.print_notes(update.notes)
        console.print_gaps(outcome)
    console.print_summary(tally.checked(), outcomes, project.stand_ins(plans))
    if junit:
        from codeout.cli.junit import write_junit

        write_junit(updates, junit, project.config.root)
    enough = percent is None or console.suffices([*covers.values()], percent)
    sys.exit(_DIFFER if tally.failed or tally.changed or not enough else 0)
