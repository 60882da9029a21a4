"""The command ``codeout watch``: outputs as pages are saved."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from codeout.cli import console
from codeout.cli.options import PATHS
from codeout.cli.say import say


@click.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="For machines: one event a line.")
@click.option("--serve", is_flag=True, help="Show the site meanwhile.")
@click.option(
    "--generator",
    type=click.Choice(["mkdocs", "properdocs", "zensical"]),
    help="What builds it; mkdocs by default.",
)
@click.option("--then", metavar="COMMAND", help="Finishes what Zensical has built.")
def watch(
    paths: tuple[Path, ...], *, as_json: bool, serve: bool, generator: str | None, then: str | None
) -> None:
    """Write outputs as pages are saved; only what comes after a change runs again."""
    from codeout.cli.watch import follow
    from codeout.serve.serving import served
    from codeout.watch.beside import NOTHING
    from codeout.watch.loop import Watch

    if not serve and (generator or then is not None):
        raise click.UsageError("--generator and --then need --serve.")
    if serve and as_json:
        raise click.UsageError("--json and --serve do not go together.")
    watching = Watch(Path.cwd(), paths, console.print_waiting)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        if as_json:
            from codeout.cli.machine.watch import follow as tell_machines

            tell_machines(watching)
            return
        if not serve:
            follow(watching, NOTHING)
            return
        builds = stack.enter_context(served(watching.config, generator or "mkdocs", then or ""))
        if builds.address:
            say(f"serving {builds.address}")
        follow(watching, builds)
