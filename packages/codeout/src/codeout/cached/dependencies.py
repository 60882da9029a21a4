"""The files that statuses depend on: those of a page, of the settings, and all folders of pages."""

from __future__ import annotations

import os
from glob import escape
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from codeout.config.mkdocs import FILES
from codeout.engine.modules import inits_of
from codeout.engine.planning import pictures_of
from codeout.formats import format_of
from codeout.output.shown import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.status import Status

SETTINGS: Final = ("pyproject.toml", *FILES)
"""The files in the folder of a project that its settings are read from."""


def files_of_page(plan: Plan, status: Status, config: Config) -> Iterator[Path]:
    """The files that decide the status of a page, also those that are not there."""
    yield plan.file
    yield from plan.looked
    pictures = pictures_of(plan, config)
    for items in plan.shown:
        for picture in (item for item in items if isinstance(item, Picture)):
            yield from pictures.sources(picture)
    if format_of(plan.path).imported:
        yield from inits_of(plan.file)
    if status.record:
        yield from status.record.observed.files(config.root)


def folders_of(config: Config, pages: Iterable[Path]) -> Iterator[Path]:
    """The folders, and some files, that decide which pages a project has.

    Args:
        config: The settings.
        pages: The files of its pages.
    """
    for pattern in config.pages:
        yield from _below(config.root, PurePath(pattern))
    for folder in {folder for page in pages for folder in page.parents}:
        if folder != config.root and folder.is_relative_to(config.root):
            yield folder
            yield folder / "pyproject.toml"  # with settings, its pages are of another project


def _below(root: Path, pattern: PurePath) -> Iterator[Path]:
    """The folders in which a pattern may find something."""
    plain = next((at for at, part in enumerate(pattern.parts) if escape(part) != part), None)
    start = root.joinpath(*pattern.parts[:plain])
    yield start
    for folder, folders, _ in os.walk(start):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield Path(folder)
