"""What readers can take away: notebooks and scripts beside the pages of a built site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.export.files import FORMS, cells_of, file_names, write
from codeout.export.prose import on_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.lock.record import Record
    from codeout.site.pages import SitePages


@dataclass(frozen=True, slots=True)
class _Sources:
    """What decides the downloads of a page."""

    plan: Plan
    config: Config
    record: Record | None
    included: Mapping[Path, bytes]
    site: str
    addresses: Mapping[str, str]


_MADE: Final[dict[Path, tuple[_Sources, Mapping[str, str]]]] = {}
"""The last downloads of each page: where nothing has changed, a server of the site has them."""


def write_downloads(pages: SitePages) -> tuple[Path, ...]:
    """Write the notebooks and scripts of the pages that the settings name.

    Args:
        pages: The pages of the site.

    Returns:
        The files.

    Raises:
        ConfigError: A file cannot be written.
    """
    if not pages.project.config.export:
        return ()
    addresses = pages.site.addresses()
    return tuple(
        file
        for plan in (pages.read(file).plan for file in pages.files.values())
        if pages.is_exported(plan)
        for file in _write(pages, plan, addresses)
    )


def _write(pages: SitePages, plan: Plan, addresses: Mapping[str, str]) -> Iterator[Path]:
    """Write the downloads of one page, and yield the files."""
    source = pages.source(plan.file)
    page = pages.site.folder / pages.site.html(source)
    if not source or not page.is_file():
        return
    names = file_names(plan.path)
    for form, text in _texts(pages, plan, addresses).items():
        file = page.parent / names[form]
        write(text, file, pages.project, plan.file, pages.files)
        yield file


def _texts(pages: SitePages, plan: Plan, addresses: Mapping[str, str]) -> Mapping[str, str]:
    """The downloads of one page, by their forms."""
    project, site = pages.project, pages.site
    included = {file: file.read_bytes() for file in plan.looked if file.is_file()}
    record = project.lock.get(plan.path)
    sources = _Sources(plan, project.config, record, included, site.address, addresses)
    made = _MADE.get(plan.file)
    if made is None or made[0] != sources:
        address = on_site(site.address, pages.source(plan.file), addresses)
        cells = cells_of(project, plan, address)
        made = _MADE[plan.file] = sources, {form: make(cells) for form, make in FORMS.items()}
    return made[1]
