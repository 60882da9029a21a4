"""The command ``codeout``."""

from __future__ import annotations

import contextlib
import functools
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from codeout.engine.project import Project
from codeout.errors import CodeoutError, describe_oserror, display_path
from codeout.run.job import Isolation
from codeout.text.escape import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.engine.plan import Plan
    from codeout.engine.update import Update

_Command = TypeVar("_Command", bound="Callable[..., Any]")
_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_PAGE = click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_JOBS = click.option("--jobs", type=click.IntRange(1), help="Pages at the same time.")
_DIFFER, _INTERRUPTED = 1, 130


def _running(*, offline: bool) -> Callable[[_Command], _Command]:
    """The options of a command that runs pages."""
    options = (
        _JOBS,
        click.option(
            "--offline/--online",
            default=offline,
            show_default=True,
            help="Refuse pages the network, or let them use it.",
        ),
        click.option(
            "--sandbox", is_flag=True, help="Run pages in bwrap: no network, no private files."
        ),
    )
    return lambda command: functools.reduce(lambda made, add: add(made), options[::-1], command)


class _Commands(click.Group):
    """Ends with one message where codeout cannot do what it was asked to, or is stopped."""

    def invoke(self, ctx: click.Context) -> Any:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # or pages would outlive it
        try:
            return super().invoke(ctx)
        except CodeoutError as error:
            click.echo(escape(f"codeout: {error}"), err=True)
            ctx.exit(2)
        except OSError as error:
            if error.filename is None:  # a pipe that nobody reads any more is click's affair
                raise
            click.echo(
                f"codeout: {display_path(Path(error.filename))}: {describe_oserror(error)}",
                err=True,
            )
            ctx.exit(2)
        except KeyboardInterrupt:
            written = "; finished pages are written, the others are as they were"
            click.echo(f"stopped{written if ctx.invoked_subcommand == 'run' else ''}", err=True)
            ctx.exit(_INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="codeout")
def main() -> None:
    """Run the Python on Markdown pages and notebooks, and keep the outputs true."""


@main.command()
@_PATHS
@click.option("--all", "every", is_flag=True, help="Run fresh pages too.")
@click.option("--diff", is_flag=True, help="Show how the outputs in the pages change.")
@_running(offline=False)
def run(paths: tuple[Path, ...], *, every: bool, diff: bool, **how: Any) -> None:
    """Run stale pages, or those at PATHS, and write their outputs into them."""
    from codeout.cli import console

    project = click.get_current_context().with_resource(Project.alone(console.wait))
    plans = project.plans(paths)
    project.clear_up(plans)
    if not paths:
        project.forget_all_but(plans)
    wanted = [plan for plan in plans if every or paths or not project.status(plan).fresh]
    tally = console.Tally(fresh=len(plans) - len(wanted))
    for update in _updates(project, wanted, **how):
        problems = update.problems or project.write(update)
        tally.count(problems, changed=update.writes)
        if update.problems:
            project.forget(update.plan)
        console.tell(problems or (update.changes if diff else ()))
        console.annotate(problems)
    console.close(tally.written(), project.stand_ins(wanted))
    sys.exit(_DIFFER if tally.failed else 0)


@main.command()
@_PATHS
@click.option("--junit", type=click.Path(path_type=Path), help="Write JUnit's XML there.")
@_running(offline=True)
def check(paths: tuple[Path, ...], *, junit: Path | None, **how: Any) -> None:
    """Run all pages, or those at PATHS, and say where the outputs in them are not true."""
    from codeout.cli import console

    project = Project.open()
    plans = project.plans(paths)
    tally, updates = console.Tally(), []
    for update in _updates(project, plans, **how):
        updates.append(update)
        problems = (*update.problems, *update.changes)
        tally.count(update.problems, changed=bool(update.changes))
        console.tell(problems)
        console.annotate(problems)
    console.close(tally.checked(), project.stand_ins(plans))
    if junit:
        console.junit(updates, junit)
    sys.exit(_DIFFER if tally.failed or tally.changed else 0)


@main.command()
@_PATHS
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def status(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Say which pages are stale and why. Nothing runs."""
    from codeout.cli import status as table

    project = Project.open()
    found = [project.status(plan) for plan in project.plans(paths)]
    click.echo(table.as_json(found) if as_json else table.as_table(found), nl=False)


@main.command()
def fetch() -> None:
    """Have the declared data files on this machine."""
    from codeout.cli.fetch import fetch_all

    sys.exit(_DIFFER if fetch_all(Project.open().config) else 0)


@main.command()
@_PATHS
@click.option("--serve", is_flag=True, help="Show the site meanwhile: `mkdocs serve`.")
def watch(paths: tuple[Path, ...], *, serve: bool) -> None:
    """Write outputs as pages are saved; only what comes after a change runs again."""
    from codeout.cli import console
    from codeout.cli.serve import served
    from codeout.cli.watch import follow
    from codeout.watch.loop import Watch

    watching = Watch(Path.cwd(), paths, console.wait)
    with contextlib.suppress(KeyboardInterrupt), served(watching.root, wanted=serve) as check:
        follow(watching, check)


@main.command()
@_PAGE
@click.option(
    "-n", "runs", type=click.IntRange(1), default=5, help="Runs after the usual one; 5 by default."
)
@click.option("--jobs", type=click.IntRange(1), help="Runs at the same time.")
def stability(page: Path, *, runs: int, jobs: int | None) -> None:
    """Run PAGE under other seeds, hash seeds and thread counts, and say what moves."""
    from codeout.cli import console, progress
    from codeout.stability.verdict import assess

    project = Project.open()
    (plan,) = project.plans([page])
    with progress.runs(1 + runs) as step:
        verdict = assess(project.config, plan, runs, jobs or 0, step)
    console.tell(verdict.problems)
    console.annotate(verdict.problems)
    click.echo(verdict.summary)
    sys.exit(0 if verdict.stable else _DIFFER)


@main.command()
@_PAGE
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
        click.echo(text, nl=False)
    else:
        files.write(text, file, project, plan.file)
        click.echo(file)


def _updates(
    project: Project, plans: Sequence[Plan], *, jobs: int | None, offline: bool, sandbox: bool
) -> Iterator[Update]:
    """Run pages under a progress bar."""
    if not plans:
        return
    from codeout.cli.progress import progress
    from codeout.engine.update import Update

    with progress(plans) as follow:
        for event in project.execute(plans, jobs or 0, Isolation(offline, sandbox)):
            follow(event)
            if isinstance(event, Update):
                yield event
