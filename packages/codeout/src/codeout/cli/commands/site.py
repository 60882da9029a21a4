"""The command ``codeout site``: what the built site lacks."""

from __future__ import annotations

from pathlib import Path

import click

from codeout.cli.say import say
from codeout.errors import display_path


@click.command()
def site() -> None:
    """Put notebooks, scripts and our style into the built site."""
    from codeout.site.complete import complete

    for file in complete(Path.cwd()):
        say(display_path(file))
