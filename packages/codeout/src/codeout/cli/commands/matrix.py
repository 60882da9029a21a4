"""The command ``codeout matrix``: in which environments pages hold as well."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from codeout.cli import console, progress
from codeout.cli import matrix as table
from codeout.cli.exit_status import DIFFER
from codeout.cli.options import JOBS, PATHS
from codeout.cli.say import give, say, show
from codeout.engine.installed_outputs import version_here
from codeout.engine.project import Project
from codeout.errors import ConfigError, display_path
from codeout.page.version_range import EXAMPLE, holds, read_range
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.config.matrix import Environment
    from codeout.config.settings import Config
    from codeout.matrix.results import Column


@click.command()
@PATHS
@click.option("--only", multiple=True, metavar="NAME", help="Take one environment; repeatable.")
@click.option("--keep", is_flag=True, help="Keep the environments for the next time.")
@click.option(
    "--write",
    "versions",
    default="",
    metavar="RANGE",
    help=f"Keep outputs that differ there as those of a range, such as '{EXAMPLE}'.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a page does not hold somewhere.")
@JOBS
def matrix(  # noqa: PLR0913  # the options of the command
    paths: tuple[Path, ...],
    *,
    only: tuple[str, ...],
    keep: bool,
    versions: str,
    as_json: bool,
    exit_code: bool,
    jobs: int | None,
) -> None:
    """Check all pages, or those at PATHS, in each environment of the settings."""
    from codeout.matrix.results import columns, record

    project = Project.open()
    plans = {plan.path: plan for plan in project.plans(paths)}
    chosen = _chosen(project.config, only)
    if versions:
        _require_range(versions, chosen)
    found: list[Column] = []
    stale: dict[str, None] = {}
    run = columns(project, plans, chosen, _waiting, jobs=jobs or 0, keep=keep, versions=versions)
    with closing(run) as checked, progress.count("environments", len(chosen)) as step:
        for column in checked:
            step()
            found.append(column)
            console.print_problems(column.problems)
            stale |= dict.fromkeys(record(project, plans, column))
    order = [environment.name for environment in chosen]
    found.sort(key=lambda column: order.index(column.name))
    for page in stale:
        say(f"{escape_line(page)}: stale, so nothing is recorded of it", error=True)
    if as_json:
        give(table.as_json(found))
    else:
        show(table.as_table(found, [*plans], colored=console.colored()))
    unkept = any(column.problems for column in found)
    differs = exit_code and not all(column.holds for column in found)
    sys.exit(DIFFER if unkept or differs else 0)


def _require_range(versions: str, chosen: Sequence[Environment]) -> None:
    requirement = read_range(versions)
    if requirement is None:
        message = f"--write: {escape_line(versions)} names no versions of a package"
        raise ConfigError(message, f"write one package and its versions: --write '{EXAMPLE}'")
    here = version_here(requirement.name)
    if not here or holds(versions, version_here):
        what = "holds the version that is installed here" if here else "is of no package here"
        message = f"--write: {escape_line(versions)} {what}, so there is no main output beside it"
        raise ConfigError(message, "choose a package that pages import, and versions not here")
    if len(chosen) > 1:
        message = "--write takes the outputs of one environment"
        raise ConfigError(message, "choose it with --only")


def _chosen(config: Config, only: tuple[str, ...]) -> tuple[Environment, ...]:
    known = {environment.name: environment for environment in config.matrix}
    if not known:
        example = (
            '[[tool.codeout.matrix]] with `name = "numpy-2.0"`, `requirements = ["numpy==2.0.*"]`'
        )
        raise ConfigError("the settings name no environments", f"write {example}")
    for name in only:
        if name not in known:
            message = f"no environment is called {escape_line(name)}"
            raise ConfigError(message, f"there are: {', '.join(known)}")
    return tuple(known[name] for name in only or known)


def _waiting(folder: Path) -> None:
    say(f"another matrix is at work in {display_path(folder)}; waiting for its end", error=True)
