"""The command ``codeout fetch``: the declared data files."""

from __future__ import annotations

import sys

import click

from codeout.engine.project import Project

_DIFFER = 1


@click.command()
def fetch() -> None:
    """Have the declared data files on this machine."""
    from codeout.cli.fetch import fetch_all

    sys.exit(_DIFFER if fetch_all(Project.open().config) else 0)
