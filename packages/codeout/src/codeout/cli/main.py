"""The command ``codeout``."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Any

import click

from codeout.cli import console, progress
from codeout.cli.adopt import adopt
from codeout.cli.github import annotate
from codeout.cli.group import Commands
from codeout.cli.lock import lock
from codeout.cli.options import PAGE, PATHS, running
from codeout.cli.say import give, say, show
from codeout.engine.outcome_of import outcome_of
from codeout.engine.project import Project
from codeout.errors import display_path

_DIFFER = 1


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="codeout")
def main() -> None:
    """Run the Python on Markdown pages and notebooks, and keep the outputs true."""


main.add_command(adopt)
main.add_command(lock)


@main.command()
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


@main.command()
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


@main.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a page is stale.")
def status(paths: tuple[Path, ...], *, as_json: bool, exit_code: bool) -> None:
    """Say which pages are stale and why. Nothing runs."""
    from codeout.cli import status as table

    project = Project.open()
    found = [project.status(plan) for plan in project.plans(paths)]
    if as_json:
        give(table.as_json(found))
    else:
        show(table.as_table(found, colored=console.colored()))
        for each in found:
            console.print_problems(each.foreign)
            console.print_gaps(each.outcome)
    sys.exit(_DIFFER if exit_code and not all(each.fresh for each in found) else 0)


@main.command()
@click.option("--merge-driver", is_flag=True, help="Let git merge the lock in this clone.")
def init(*, merge_driver: bool) -> None:
    """Write the settings, workflow and hook that this folder lacks."""
    from codeout.init.project import init as make_project

    for step in make_project(Path.cwd(), merge_driver=merge_driver):
        say(str(step))


@main.command()
def fetch() -> None:
    """Have the declared data files on this machine."""
    from codeout.cli.fetch import fetch_all

    sys.exit(_DIFFER if fetch_all(Project.open().config) else 0)


@main.command()
@PATHS
@click.option("--serve", is_flag=True, help="Show the site meanwhile.")
@click.option(
    "--generator",
    type=click.Choice(["mkdocs", "properdocs", "zensical"]),
    default="mkdocs",
    help="What serves it; mkdocs by default.",
)
def watch(paths: tuple[Path, ...], *, serve: bool, generator: str) -> None:
    """Write outputs as pages are saved; only what comes after a change runs again."""
    from codeout.cli.serve import served
    from codeout.cli.watch import follow
    from codeout.watch.loop import Watch

    watching = Watch(Path.cwd(), paths, console.print_waiting)
    serving = served(watching.root, generator, wanted=serve)
    with contextlib.suppress(KeyboardInterrupt), serving as check:
        follow(watching, check)


@main.command()
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
    with progress.runs(1 + runs) as step:
        verdict = assess(project.config, plan, runs, jobs or 0, step)
    console.print_problems(verdict.problems)
    annotate(verdict.problems)
    say(verdict.summary)
    sys.exit(0 if verdict.stable else _DIFFER)


@main.command()
@PAGE
@click.option(
    "--to", "form", required=True, type=click.Choice(["ipynb", "py"]), help="What to write."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file; - for stdout.")
@click.option("--base", default="", help="The page's address: its relative links lead from there.")
def export(page: Path, *, form: str, output: Path | None, base: str) -> None:
    """Write PAGE as a notebook or a script, by default into the current folder."""
    from codeout.export import files, prose

    project = Project.open()
    (plan,) = project.plans([page])
    text = files.exported(project, plan, form, prose.beside(base))
    file = output or Path(files.file_names(plan.path)[form])
    if str(file) == "-":
        give(text)
    else:
        files.write(text, file, project, plan.file)
        say(str(file))
    if doubt := files.doubt(project, plan):
        say(doubt, error=True)
        sys.exit(_DIFFER)


@main.command()
def site() -> None:
    """Put notebooks, scripts and our style into the built site."""
    from codeout.site.complete import complete

    for file in complete(Path.cwd()):
        say(display_path(file))
