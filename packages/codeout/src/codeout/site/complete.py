"""Puts into a built site what its generator does not: downloads, Markdown, our style sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError, display_path
from codeout.fs.named import write_named
from codeout.site.config_file import read_site
from codeout.site.downloads import write_downloads
from codeout.site.llms import write_markdown
from codeout.site.pages import SitePages
from codeout.site.settings import EXTENSION, PAGES
from codeout.site.style import NAME, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUILD: Final = "build all of it first; a notebook needs a page that shows it"
_NEVER_PUBLISHED: Final = (".*", "/templates/")
"""What MkDocs leaves out by itself."""


def complete(root: Path) -> tuple[Path, ...]:
    """Complete the site in a folder, after a build.

    Args:
        root: The folder of its configuration.

    Returns:
        The files that were written.

    Raises:
        ConfigError: The site is not built, or not all of its pages, or it does not list our
            extension, or a file cannot be written.
    """
    site = read_site(root)
    if EXTENSION not in site.extensions:
        message = f"the site does not list `{EXTENSION}` under `markdown_extensions`"
        raise ConfigError(message, "list it and build again: it marks outputs that are not true")
    if not site.folder.is_dir():
        raise ConfigError(f"{display_path(site.folder)}: no such folder", "build the site first")
    pages = SitePages.open(site)
    for source in _expected(pages):
        if not (site.folder / site.html(source)).is_file():
            where = display_path(site.folder)
            raise ConfigError(f"{where}: {source} is not built", _BUILD)
    style = site.folder / NAME
    style.parent.mkdir(parents=True, exist_ok=True)
    write_named(style, SOURCE.read_bytes(), site.folder)
    return (style, *write_downloads(pages), *write_markdown(pages))


def _expected(pages: SitePages) -> Iterator[str]:
    """Yield the sources of the pages that have to be built: those that readers can find."""
    from pathspec import GitIgnoreSpec

    yield from (source for source, _ in pages.in_navigation())
    excluded = GitIgnoreSpec.from_lines([*_NEVER_PUBLISHED, *pages.site.excluded])
    sources = (pages.source(file) for file in pages.files)
    for source in sorted(each for each in sources if each.endswith(PAGES)):
        copied = source.endswith(".ipynb") and (pages.site.folder / source).is_file()
        if not copied and not excluded.match_file(source):
            yield source
