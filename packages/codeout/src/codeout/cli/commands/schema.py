"""The command ``codeout schema``: what the settings are, and what codeout writes."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from codeout.cli.say import give
from codeout.cli.to_json import to_json

_HOMES: Final = {
    "settings": "config.json_schema",
    "status": "cli.machine.status",
    "check": "cli.machine.check",
    "watch": "cli.machine.watch",
    "lock": "lock.json_schema",
}
"""The module that has the schema of each, as its function ``schema``."""


@click.command()
@click.argument("what", type=click.Choice([*_HOMES]), default="settings")
def schema(what: str) -> None:
    """Print the JSON Schema of the settings, or of WHAT codeout writes."""
    give(to_json(import_module(f"codeout.{_HOMES[what]}").schema()))
