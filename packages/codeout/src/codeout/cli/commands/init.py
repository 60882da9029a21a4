"""The command ``codeout init``: what a folder needs to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from codeout.cli.say import say


@click.command()
@click.option("--merge-driver", is_flag=True, help="Let git merge the lock in this clone.")
@click.option("--vscode", is_flag=True, help="Write tasks for Visual Studio Code, too.")
def init(*, merge_driver: bool, vscode: bool) -> None:
    """Write the settings, workflow and hook that this folder lacks."""
    from codeout.init.project import init as make_project

    for step in make_project(Path.cwd(), merge_driver=merge_driver, vscode=vscode):
        say(str(step))
