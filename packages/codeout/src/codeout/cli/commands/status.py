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
from codeout.cli.say import give, say, show

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.gone_pages import GonePage
    from codeout.engine.status import Status


@click.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if a page is stale.")
def status(paths: tuple[Path, ...], *, as_json: bool, exit_code: bool) -> None:
    """Say which pages are stale and why. Nothing runs."""
    found = None if paths else recalled(os.getcwd())  # noqa: PTH109  # a Path takes a while
    gone: tuple[GonePage, ...] = ()
    if found is None:
        found, gone = _found_anew(paths)
    if as_json:
        from codeout.cli.machine.status import as_json as for_machines

        give(for_machines(found))
    else:
        show(table.as_table(found, colored=console.colored()))
        for each in found:
            console.print_problems(each.foreign)
            console.print_gaps(each.outcome)
        for page in gone:
            left = f"{page.path}: is no page any more, but left {page.left}"
            say(f"{left}; `codeout clean` removes that")
    sys.exit(DIFFER if exit_code and not all(each.fresh for each in found) else 0)


def _found_anew(paths: tuple[Path, ...]) -> tuple[tuple[Status, ...], tuple[GonePage, ...]]:
    """The statuses of pages, and if they are all pages, those that are gone."""
    from codeout.cached.renew import statuses
    from codeout.engine.project import Project

    project = Project.open()
    pages = statuses(project, paths)
    return tuple(page.status for page in pages), () if paths else project.gone(pages)
