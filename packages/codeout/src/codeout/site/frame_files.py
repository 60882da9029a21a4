"""Puts the files of interactive figures into a built site, where its generator does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.fs.named import write_named
from codeout.output.figure_folders import scripts_beside
from codeout.site.frames import figure_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codeout.engine.plan import Plan
    from codeout.site.pages import SitePages


def write_frames(pages: SitePages, plans: Iterable[Plan]) -> None:
    """Write the interactive figures of some pages and their scripts to where frames look for them.

    Args:
        pages: The pages of the site.
        plans: Those whose figures are written.

    Raises:
        OSError: A file cannot be written.
    """
    docs, config = pages.site.docs, pages.project.config
    files: set[Path] = set()
    for plan in plans:
        if figures := figure_files(plan, docs):
            scripts = scripts_beside(plan.path, plan.file, config)
            files |= {*figures, *(each for each in scripts.glob("*") if each.is_file())}
    for file in (file for file in files if file.is_relative_to(docs)):
        target = pages.site.folder / file.relative_to(docs)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_named(target, file.read_bytes(), pages.site.folder)
