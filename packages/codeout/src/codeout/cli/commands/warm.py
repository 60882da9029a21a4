"""The command ``codeout warm``: keeps what pages import loaded for the commands that follow."""

from __future__ import annotations

from pathlib import Path

import click

from codeout.cli.say import say
from codeout.config.pyproject import find_config
from codeout.text.plural import plural


@click.command()
@click.option(
    "--minutes",
    type=click.FloatRange(0, min_open=True),
    default=30,
    show_default=True,
    help="End it after so long without a command.",
)
@click.option("--stop", "ends", is_flag=True, help="End it now.")
def warm(*, minutes: float, ends: bool) -> None:
    """Keep the modules of `preload` loaded, for `run` and `check` in this folder.

    A server stays in the background. It ends by itself when a package, codeout or the settings
    change.
    """
    from codeout.engine.dispatch import limits_of
    from codeout.resident.control import start, stop

    config = find_config(Path.cwd())
    if ends:
        stopped = stop(config.root)
        say(f"{plural(stopped, 'server')} ended" if stopped else "nothing is warm here")
        return
    begun = start(config.root, limits_of(config), 60 * minutes)
    say(f"{'warm' if begun else 'warm already'}: {', '.join(config.preload) or 'IPython'}")
