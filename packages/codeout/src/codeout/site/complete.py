"""Puts into a built site what its generator does not: the downloads and our style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.errors import ConfigError, display_path
from codeout.fs.named import write_named
from codeout.site.config_file import read_site
from codeout.site.downloads import write_downloads
from codeout.site.pages import SitePages
from codeout.site.settings import EXTENSION
from codeout.site.style import NAME, SOURCE

if TYPE_CHECKING:
    from pathlib import Path


def complete(root: Path) -> tuple[Path, ...]:
    """Complete the site in a folder, after a build.

    Args:
        root: The folder of its configuration.

    Returns:
        The files that were written.

    Raises:
        ConfigError: The site is not built, or does not list our extension, or a file cannot be
            written.
    """
    site = read_site(root)
    if EXTENSION not in site.extensions:
        message = f"the site does not list `{EXTENSION}` under `markdown_extensions`"
        raise ConfigError(message, "list it and build again: it marks outputs that are not true")
    if not site.folder.is_dir():
        raise ConfigError(f"{display_path(site.folder)}: no such folder", "build the site first")
    pages = SitePages.open(site)
    style = site.folder / NAME
    style.parent.mkdir(parents=True, exist_ok=True)
    write_named(style, SOURCE.read_bytes(), site.folder)
    return (style, *write_downloads(pages))
