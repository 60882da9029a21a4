"""The command ``codeout``."""

from __future__ import annotations

import click

from codeout.cli.group import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="codeout")
def main() -> None:
    """Run the Python on Markdown pages and notebooks, and keep the outputs true."""
