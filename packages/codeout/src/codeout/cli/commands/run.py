"""The command ``codeout run``: runs stale pages and writes their outputs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from codeout.cli import console, progress
from codeout.cli.github import annotate
from codeout.cli.options import PATHS, running
from codeout.cli.say import say
from codeout.engine.outcome_of import outcome_of
from codeout.engine.project import Project

if TYPE_CHECKING:
    from pathlib import Path

_DIFFER = 1


@click.command()
@PATHS
@click.option("--all", "every", is_flag=True, help="Run fresh pages too.")
@click.option("--diff", is_flag=True, help="Show how the outputs in the pages change.")
@running(offline=False)
def run(paths: tuple[Path, ...], *, every: bool, diff: bool, **how: Any) -> None:
    """Run stale pages, or those at PATHS, and write their outputs into them."""
    project = click.get_current_context().with_resource(Project.alone(console.print_waiting))
    plans = project.plans(paths)
    project.clear_up(plans)
    if not paths:
        project.forget_all_but(plans)
    wanted = [plan for plan in plans if every or paths or project.wants(plan)]
    tally = console.Tally(fresh=len(plans) - len(wanted))
    outcomes = []
    for update in progress.run_pages(project, wanted, **how):
        notes = project.cut_links(update)
        problems = update.problems or project.write(update)
        outcome = update.outcome or outcome_of(update.plan)
        outcomes += [outcome] if not problems else []
        tally.count(problems, outcome, changed=update.writes)
        if update.problems or not update.plan.cells:
            project.forget(update.plan)
        told = update.changes if diff or not update.plan.cells else ()
        console.print_problems(problems or (*told, *notes))
        annotate(problems)
        console.print_notes(update.notes)
        console.print_gaps(outcome)
    for gone in () if paths else project.remove_gone(plans):
        say(str(gone))
    console.print_summary(tally.written(), outcomes, project.stand_ins(wanted))
    sys.exit(_DIFFER if tally.failed else 0)
