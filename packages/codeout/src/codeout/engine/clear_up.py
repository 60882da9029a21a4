"""Removes what runs that were killed left beside the pages of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.fs.leftovers import remove_leftovers
from codeout.fs.place import leads_out
from codeout.output.figure_folders import folder_of, scripts_beside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.page_file import PageFile


def clear_up(config: Config, pages: Sequence[PageFile]) -> tuple[Path, ...]:
    """Remove temporary files beside pages, their figures and the lock.

    Args:
        config: The settings of the project.
        pages: Its pages.

    Returns:
        The files that are removed.
    """
    folders = {folder_of(page.path, page.file, config) for page in pages}
    folders |= {scripts_beside(page.path, page.file, config) for page in pages}
    folders |= {page.file.parent for page in pages}
    folders.add((config.root / config.lock).parent)
    homes = {config.root, *(page.file.parent for page in pages)}
    return remove_leftovers(
        folder for folder in folders if not all(leads_out(folder, home) for home in homes)
    )
