"""The command ``codeout adopt``: what makes a tree of pages green, shown or written."""

from __future__ import annotations

from pathlib import Path

import click

from codeout.cli.progress import progress
from codeout.cli.say import say
from codeout.run.job import Isolation


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write the settings and the comments.")
@click.option("--sandbox/--no-sandbox", default=True, help="Run pages in bwrap, as by default.")
@click.option("--offline/--online", default=True, help="Refuse pages the network, or let them.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    default=20,
    show_default=True,
    help="Let no block take longer.",
)
def adopt(
    paths: tuple[Path, ...], *, write: bool, sandbox: bool, offline: bool, timeout: float
) -> None:
    """Try pages that have never seen codeout, and propose what makes them true."""
    from codeout.adopt import files, report
    from codeout.adopt.project import candidate
    from codeout.adopt.proposal import propose

    found = candidate(paths)
    with progress() as follow:
        isolation = Isolation(offline, sandbox)
        proposal = propose(found.project, found.pages, isolation, follow, timeout)
    changes = files.changes_of(proposal, found)
    for line in (*report.summary(proposal), *report.diff(changes)):
        say(line)
    if write:
        files.write(changes, found.project.config.root)
    say(report.fate(changes, proposal, len(found.new), written=write))
