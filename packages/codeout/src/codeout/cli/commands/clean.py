"""The command ``codeout clean``: removes what nothing needs any more."""

from __future__ import annotations

import click

from codeout.cached.renew import statuses
from codeout.cli import console
from codeout.cli.say import say
from codeout.engine.project import Project
from codeout.fs.cache_folder import cache_folder
from codeout.fs.leftovers import remove_old_leftovers
from codeout.text.plural import plural


@click.command()
def clean() -> None:
    """Remove what is left of pages that are gone, and of runs that were killed.

    These are records in the lock, figures and scripts that codeout wrote, and temporary files. What
    somebody has changed since, or what a page still shows, stays.
    """
    project = click.get_current_context().with_resource(Project.alone(console.print_waiting))
    pages = statuses(project)
    gone = project.remove_gone(pages)
    for page in gone:
        say(str(page))
    scripts = project.remove_unused_scripts()
    files = project.clear_up(pages) + remove_old_leftovers(cache_folder())
    counts = [(scripts, "unused script"), (files, "temporary file")]
    removed = [plural(len(each), name) for each, name in counts if each]
    if removed:
        say(f"removed: {', '.join(removed)}")
    elif not gone:
        say("nothing is left behind")
