"""The command ``codeout status``: which pages are stale, and why."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from codeout.cached.recall import recalled
from codeout.cli import console
from codeout.cli import status as table
from codeout.cli.exit_status import DIFFER
from codeout.cli.options import PATHS
from codeout.cli.say import give, show

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.status import Status


@click.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a page is stale.")
def status(paths: tuple[Path, ...], *, as_json: bool, exit_code: bool) -> None:
    """Say which pages are stale and why. Nothing runs."""
    found = None if paths else recalled(os.getcwd())  # noqa: PTH109  # a Path takes a while
    if found is None:
        found = _found_anew(paths)
    if as_json:
        give(table.as_json(found))
    else:
        show(table.as_table(found, colored=console.colored()))
        for each in found:
            console.print_problems(each.foreign)
            console.print_gaps(each.outcome)
    sys.exit(DIFFER if exit_code and not all(each.fresh for each in found) else 0)


def _found_anew(paths: tuple[Path, ...]) -> tuple[Status, ...]:
    from codeout.cached.renew import statuses
    from codeout.engine.project import Project

    return tuple(page.status for page in statuses(Project.open(), paths))
