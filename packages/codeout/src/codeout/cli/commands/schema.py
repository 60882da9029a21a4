"""The command ``codeout schema``: the settings for editors."""

from __future__ import annotations

import click

from codeout.cli.say import give
from codeout.cli.to_json import to_json
from codeout.config.json_schema import settings_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of the settings, [tool.codeout]."""
    give(to_json(settings_schema()))
