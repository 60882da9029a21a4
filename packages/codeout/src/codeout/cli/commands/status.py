"""The command ``codeout status``: which pages are stale, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from codeout.cli import console
from codeout.cli.options import PATHS
from codeout.cli.say import give, show
from codeout.engine.project import Project

if TYPE_CHECKING:
    from pathlib import Path

_DIFFER = 1


@click.command()
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
