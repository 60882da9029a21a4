"""The command ``codeout fetch``: the declared data files."""

from __future__ import annotations

import sys

import click

from codeout.cli.exit_status import DIFFER
from codeout.engine.project import Project


@click.command()
def fetch() -> None:
    """Have the declared data files on this machine."""
    from codeout.cli.fetch import fetch_all

    sys.exit(DIFFER if fetch_all(Project.open().config) else 0)
