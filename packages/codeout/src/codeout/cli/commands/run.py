"""The command ``codeout run``: runs stale pages and writes their outputs."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from codeout.cached.recall import recalled
from codeout.cli import console
from codeout.cli.exit_status import DIFFER
from codeout.cli.options import PATHS, SHARD, running

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.engine.shards import Shard
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
    if not (paths or every or shard):
        found = recalled(os.getcwd())  # noqa: PTH109  # a Path takes a while
        if found and all(page.idle or _is_done(page) for page in found):
            _tell_done(found)
            return
    from codeout.cli.running import RunOptions, run_stale

    options = RunOptions(every=every, diff=diff, shard=shard, how=how)
    tally = run_stale(click.get_current_context(), paths, options)
    sys.exit(DIFFER if tally.failed else 0)


def _is_done(status: Status) -> bool:
    """Whether a run of all pages leaves a page out."""
    return status.fresh and bool(status.blocks)


def _tell_done(found: Sequence[Status]) -> None:
    """Say what a run says if no page has changed since another command."""
    outcomes = [page.outcome for page in found if page.idle]
    tally = console.Tally(fresh=len(found) - len(outcomes))
    for outcome in outcomes:
        tally.count((), outcome, changed=False)
        console.print_gaps(outcome)
    console.print_summary(tally.written(), outcomes, ())
