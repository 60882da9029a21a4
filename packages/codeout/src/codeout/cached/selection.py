"""Which pages a check takes, if not all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.cached.parsed import ParsedPages
from codeout.cached.renew import statuses
from codeout.engine.git_changes import changes_since

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project


def select(
    project: Project, paths: Sequence[Path] = (), *, stale: bool = False, since: str = ""
) -> tuple[list[Plan], int]:
    """The pages that are stale, or that have changed since a revision of git, or all.

    A page has changed if its file has, or one that it includes, shows or has read, or if the
    settings have.

    Args:
        project: The project, which has just been opened.
        paths: Files and folders, relative to the current folder; none means all pages.
        stale: Whether to take the pages that are stale.
        since: The revision; empty for none.

    Returns:
        The pages, and how many others there are.

    Raises:
        ConfigError: A path does not exist, or git knows no such revision.
    """
    if not (stale or since):
        parse = ParsedPages(project.config.root).parse
        return [project.plan(file, parse) for file in project.files(paths)], 0
    pages = statuses(project, paths)
    changes = changes_since(project.config.root, since) if since else None
    wanted = [
        page.plan or project.plan(page.file)
        for page in pages
        if (stale and not page.status.fresh) or (changes and changes.concern(page.files))
    ]
    return wanted, len(pages) - len(wanted)
