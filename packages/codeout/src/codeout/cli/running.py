"""What ``codeout run`` does: stale pages run, and each is written when it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codeout.cached.renew import statuses
from codeout.cli import console, progress
from codeout.cli.github import annotate
from codeout.cli.say import say
from codeout.engine.dispatch import start_early
from codeout.engine.outcome_of import outcome_of
from codeout.engine.project import Project
from codeout.engine.shards import Shard, pages_of
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import click

    from codeout.engine.outcome import Outcome
    from codeout.engine.status import Status
    from codeout.engine.update import Update


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How pages are run.

    Attributes:
        every: Whether fresh pages run, too.
        diff: Whether to show how outputs change.
        shard: The part of the pages to take; None for all.
        how: See ``codeout.cli.progress.run_pages``.
    """

    every: bool
    diff: bool
    shard: Shard | None
    how: Mapping[str, Any]


def run_stale(
    context: click.Context, paths: tuple[Path, ...], options: RunOptions
) -> console.Tally:
    """Run stale pages, or those at some paths, write their outputs, and say what came of it.

    Args:
        context: Of the command; the project is locked until its end.
        paths: Files and folders; none for all pages.
        options: How they are run.
    """
    project = context.with_resource(Project.alone(console.print_waiting))
    if options.every:
        isolation = Isolation(options.how["offline"], options.how["sandbox"])
        start_early(project.config, isolation, options.how["cluster"])
    pages = statuses(project, paths)
    project.clear_up(pages)
    if not paths:
        project.forget_all_but(pages)
    ours = pages_of(options.shard, pages, project.lock) if options.shard else pages
    idle = [page for page in ours if project.config.lock and page.status.idle]
    others = [page for page in ours if not (project.config.lock and page.status.idle)]
    stale = [page for page in others if options.every or paths or _has_to_run(page.status)]
    plans = [page.plan or project.plan(page.file) for page in stale]
    tally = console.Tally(fresh=len(others) - len(stale), left=len(pages) - len(ours))
    outcomes = [page.status.outcome for page in idle]
    for outcome in outcomes:
        tally.count((), outcome, changed=False)
        console.print_gaps(outcome)
    for update in progress.run_pages(project, plans, **options.how):
        written = _write(project, update, tally, diff=options.diff)
        outcomes += [written] if written else []
    if not paths:
        for gone in project.remove_gone(pages):
            say(str(gone))
        project.remove_unused_scripts()
    console.print_summary(tally.written(), outcomes, project.stand_ins(plans))
    return tally


def _write(project: Project, update: Update, tally: console.Tally, *, diff: bool) -> Outcome | None:
    """Write an update, count it and say what came of it; None if it could not be written."""
    notes = project.cut_links(update)
    problems = update.problems or project.write(update)
    outcome = update.outcome or outcome_of(update.plan)
    tally.count(problems, outcome, changed=update.writes)
    if update.problems or not update.plan.cells:
        project.forget(update.plan)
    changes = update.changes if diff or not update.plan.cells else ()
    console.print_problems(problems or (*changes, *notes))
    annotate(problems)
    console.print_notes(update.notes)
    console.print_gaps(outcome)
    return None if problems else outcome


def _has_to_run(status: Status) -> bool:
    """Whether a run of all pages takes a page; of one with nothing to run, that has to be told."""
    return not (status.fresh and status.blocks)
