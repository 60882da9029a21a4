"""The command ``codeout badge``: how many outputs are true, as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from codeout.cli.report import is_stdout
from codeout.cli.say import give, say
from codeout.cli.to_json import to_json


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file; - for stdout.")
@click.option("--json", "as_json", is_flag=True, help="For shields.io: an endpoint.")
@click.option("--label", default="docs", show_default=True, help="What stands on the left.")
@click.option("--package", default="", metavar="NAME", help="Tell the version of this one, too.")
@click.option("--matrix", is_flag=True, help="Tell the environments where all pages hold, too.")
def badge(*, output: Path | None, as_json: bool, label: str, package: str, matrix: bool) -> None:
    """Draw how many output lines are true, or how many pages are stale. Nothing runs."""
    from codeout.cached.renew import statuses
    from codeout.engine.project import Project
    from codeout.fs.named import write_named
    from codeout.site import badge as drawing

    project = Project.open()
    found = drawing.badge_of(
        [page.status for page in statuses(project, ())], package, label, matrix=matrix
    )
    text = to_json(drawing.as_endpoint(found)) if as_json else drawing.as_svg(found)
    file = output or Path("badge.json" if as_json else "badge.svg")
    if is_stdout(file):
        give(text)
    else:
        write_named(file, text.encode(), project.config.root)
        say(str(file))
