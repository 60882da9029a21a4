"""The command ``codeout run``: runs stale pages and writes their outputs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from codeout.cached.renew import statuses
from codeout.cli import console, progress
from codeout.cli.exit_status import DIFFER
from codeout.cli.github import annotate
from codeout.cli.options import PATHS, SHARD, running
from codeout.cli.say import say
from codeout.engine.outcome_of import outcome_of
from codeout.engine.project import Project
from codeout.engine.shards import Shard, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.status import Status


@click.command()
@PATHS
@click.option("--all", "every", is_flag=True, help="Run fresh pages too.")
@click.option("--diff", is_flag=True, help="Show how the outputs in the pages change.")
@SHARD
@running(offline=False)
def run(
    paths: tuple[Path, ...], *, every: bool, diff: bool, shard: Shard | None, **how: Any
) -> None:
    """Run stale pages, or those at PATHS, and write their outputs into them."""
    project = click.get_current_context().with_resource(Project.alone(console.print_waiting))
    pages = statuses(project, paths)
    project.clear_up(pages)
    if not paths:
        project.forget_all_but(pages)
    ours = pages_of(shard, pages, project.lock) if shard else pages
    idle = [page for page in ours if project.config.lock and page.status.idle]
    others = [page for page in ours if not (project.config.lock and page.status.idle)]
    stale = [page for page in others if every or paths or _has_to_run(page.status)]
    wanted = [page.plan or project.plan(page.file) for page in stale]
    tally = console.Tally(fresh=len(others) - len(stale), left=len(pages) - len(ours))
    outcomes = [page.status.outcome for page in idle]
    for outcome in outcomes:
        tally.count((), outcome, changed=False)
        console.print_gaps(outcome)
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
    if not paths:
        for gone in project.remove_gone(pages):
            say(str(gone))
        project.remove_unused_scripts()
    console.print_summary(tally.written(), outcomes, project.stand_ins(wanted))
    sys.exit(DIFFER if tally.failed else 0)


def _has_to_run(status: Status) -> bool:
    """Whether a run of all pages takes a page; of one with nothing to run, that has to be told."""
    return not (status.fresh and status.blocks)
