"""What readers can take away: notebooks and scripts beside the pages of a built site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.export.files import exported, file_names, write
from codeout.export.prose import on_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codeout.engine.plan import Plan
    from codeout.site.pages import SitePages


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
        for plan in pages.project.plans()
        if pages.is_exported(plan)
        for file in _write(pages, plan, addresses)
    )


def _write(pages: SitePages, plan: Plan, addresses: dict[str, str]) -> Iterator[Path]:
    """Write the downloads of one page, and yield the files."""
    source = pages.source(plan.file)
    page = pages.site.folder / pages.site.html(source)
    if not source or not page.is_file():
        return
    address = on_site(pages.site.address, source, addresses)
    for form, name in file_names(plan.path).items():
        text = exported(pages.project, plan, form, address)
        write(text, page.parent / name, pages.project, plan.file)
        yield page.parent / name
