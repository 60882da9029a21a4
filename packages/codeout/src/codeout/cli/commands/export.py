"""The command ``codeout export``: a page as a notebook, a script, or Markdown for GitHub."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from codeout.cli.exit_status import DIFFER
from codeout.cli.options import PAGE
from codeout.cli.report import is_stdout
from codeout.cli.say import give, say
from codeout.engine.project import Project


@click.command()
@PAGE
@click.option(
    "--to", "form", required=True, type=click.Choice(["ipynb", "py", "md"]), help="What to write."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file; - for stdout.")
@click.option("--base", default="", help="The page's address: its relative links lead from there.")
def export(page: Path, *, form: str, output: Path | None, base: str) -> None:
    """Write PAGE as a notebook, a script, or Markdown for GitHub, into the current folder."""
    from codeout.export import files, prose
    from codeout.site import github
    from codeout.site.notebook_page import refuse_to_export

    project = Project.open()
    (plan,) = project.plans([page])
    refuse_to_export(plan)
    file = output or Path(Path(plan.path).with_suffix(f".{form}").name)
    if form == "md":
        text = github.exported(project, plan, file.parent, base)
    else:
        text = files.exported(project, plan, form, prose.beside(base))
    if is_stdout(file):
        give(text)
    else:
        files.write(text, file, project, plan.file)
        say(str(file))
    if doubt := files.doubt(project, plan):
        say(doubt, error=True)
        sys.exit(DIFFER)
