"""The command ``codeout check``: runs pages and compares, and writes nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from codeout.cached.selection import select
from codeout.cli import console, progress
from codeout.cli.exit_status import DIFFER
from codeout.cli.github import annotate
from codeout.cli.options import PATHS, SHARD, running
from codeout.cli.report import is_stdout
from codeout.cli.say import give
from codeout.engine.dispatch import start_early
from codeout.engine.outcome_of import outcome_of
from codeout.engine.project import Project
from codeout.engine.shards import Shard, pages_of
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.engine.outcome import Outcome
    from codeout.engine.update import Update

_REPORT: Final = click.Path(path_type=Path)


@click.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--junit", type=_REPORT, help="Write JUnit's XML there; - for stdout.")
@click.option("--sarif", type=_REPORT, help="Write SARIF there; - for stdout.")
@click.option(
    "--require-compared",
    "percent",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Fail if less of what the pages show is compared.",
)
@click.option("--stale", is_flag=True, help="Check the pages that are stale.")
@click.option(
    "--since", default="", metavar="REF", help="Check the pages that have changed since in git."
)
@SHARD
@running(offline=True)
def check(  # noqa: PLR0913  # the options of the command
    paths: tuple[Path, ...],
    *,
    as_json: bool,
    junit: Path | None,
    sarif: Path | None,
    percent: int | None,
    stale: bool,
    since: str,
    shard: Shard | None,
    **how: Any,
) -> None:
    """Run all pages, or those at PATHS, and say where the outputs in them are not true."""
    printed = _printed(as_json=as_json, junit=junit, sarif=sarif)
    project = Project.open()
    if not (stale or since):
        start_early(project.config, Isolation(how["offline"], how["sandbox"]), how["cluster"])
    plans, left = select(project, paths, stale=stale, since=since)
    if shard:
        plans, whole = pages_of(shard, plans, project.lock), len(plans)
        left += whole - len(plans)
    tally, updates = console.Tally(left=left), []
    covers = {plan.path: outcome_of(plan) for plan in plans}
    for update in progress.run_pages(project, plans, **how):
        updates.append(update)
        outcome = covers[update.plan.path]
        tally.count(update.problems, outcome, changed=bool(update.changes))
        if not printed:
            _tell(update, outcome)
    if as_json:
        from codeout.cli.machine.check import as_json as for_machines

        give(for_machines(updates, covers))
    elif not printed:
        ran = [covers[update.plan.path] for update in updates if not update.problems]
        console.print_summary(tally.checked(), ran, project.stand_ins(plans))
    _write(updates, project, junit, sarif)
    enough = (
        percent is None
        or not covers
        or console.suffices([*covers.values()], percent, error=printed)
    )
    sys.exit(DIFFER if tally.failed or tally.changed or not enough else 0)


def _printed(*, as_json: bool, junit: Path | None, sarif: Path | None) -> bool:
    """Whether something for machines goes to standard output, and so nothing else may.

    Raises:
        UsageError: More than one thing would.
    """
    asked = {"--json": as_json, "--junit -": is_stdout(junit), "--sarif -": is_stdout(sarif)}
    names = [name for name, to_stdout in asked.items() if to_stdout]
    if len(names) > 1:
        raise click.UsageError(f"{names[0]} and {names[1]} do not go together.")
    return bool(names)


def _tell(update: Update, outcome: Outcome) -> None:
    problems = (*update.problems, *update.changes)
    console.print_problems(problems)
    annotate(problems)
    console.print_notes(update.notes)
    console.print_gaps(outcome)


def _write(
    updates: Sequence[Update], project: Project, junit: Path | None, sarif: Path | None
) -> None:
    """Write the reports that are asked for."""
    root = project.config.root
    if junit:
        from codeout.cli.junit import write_junit

        write_junit(updates, junit, root)
    if sarif:
        from codeout.cli.report import write_report
        from codeout.cli.sarif import as_sarif

        write_report(as_sarif(updates, root).encode(), sarif, root, "--sarif")
