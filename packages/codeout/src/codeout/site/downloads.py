"""What readers can take away: notebooks and scripts beside the pages of a built site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.export.files import exported, file_names, write
from codeout.export.prose import on_site

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.site.pages import SitePages


def write_downloads(pages: SitePages, folder: Path) -> tuple[Path, ...]:
    """Write the notebooks and scripts of the pages that the settings name.

    Args:
        pages: The pages of the site.
        folder: The built site.

    Returns:
        The files.

    Raises:
        ConfigError: A file cannot be written.
    """
    plans = [(plan, pages.source(plan.file)) for plan in pages.project.plans()]
    addresses = pages.site.addresses()
    written = []
    for plan, source in plans:
        if not source or not pages.is_exported(plan):
            continue
        address = on_site(pages.site.address, source, addresses)
        beside = folder / pages.site.url(source)
        beside = beside if pages.site.directory_urls else beside.parent
        for form, name in file_names(plan.path).items():
            write(
                exported(pages.project, plan, form, address),
                beside / name,
                pages.project,
                plan.file,
            )
            written.append(beside / name)
    return tuple(written)
