"""The command ``codeout watch``: outputs as pages are saved."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from codeout.cli import console
from codeout.cli.options import PATHS


@click.command()
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
