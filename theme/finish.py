"""What the hooks of MkDocs do, for a site that a generator without hooks has built.

``python theme/finish.py``, after ``codeout site``: titles say their languages, the glossary leads
back to the pages, pages are described for search engines, GLightbox's files and the index of the
search are there, lessons say how long they take, cells have no tabs, particles stay with their
words, pages load one style sheet, one script, and figures as WebP, and old addresses lead to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from posixpath import relpath
from typing import TYPE_CHECKING, Any

from bundle import join_files
from cells import remove_controls
from codeout import SitePages, read_site
from figures import convert_figures
from glightbox import copy_files
from glossary import Explaining, fill_places
from jinja2.utils import htmlsafe_json_dumps
from json_ld import structured
from minutes import tell_minutes
from particles import join_particles
from redirects import write_redirects
from search import write_index
from titles import mark_labels, slim_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout import Site


@dataclass(frozen=True)
class BuiltPage:
    """A page of the built site.

    Attributes:
        file: Its HTML.
        title: Its title in the navigation.
        url: Its address, relative to that of the site.
        site: The address of the site; empty if that is not known.
        meta: Its metadata.
    """

    file: Path
    title: str
    url: str
    site: str
    meta: Mapping[str, Any]

    @property
    def is_homepage(self) -> bool:
        """Whether it is the first page of the site."""
        return not self.url

    @property
    def canonical_url(self) -> str | None:
        """Its whole address."""
        return f"{self.site}{self.url}" if self.site else None


def finish(root: Path) -> None:
    """Finish the site in a folder.

    Args:
        root: The folder of its configuration.

    Raises:
        SystemExit: An old address leads nowhere.
    """
    site = read_site(root)
    pages = [*built_pages(site)]
    texts = {page.url: page.file.read_text(encoding="utf-8") for page in pages}
    english = {page.title for page in pages if page.meta.get("lang") == "en"}
    for page in pages:
        explaining = (
            Explaining(
                other.title, f"{relpath(other.url or '.', page.url or '.')}/", texts[other.url]
            )
            for other in pages
        )
        text = fill_places(texts[page.url], explaining)
        text = slim_labels(mark_labels(text, english, alone=page.meta.get("lang") == "en"))
        page.file.write_text(described(text, page, pages, site), encoding="utf-8")
    if (lost := site.folder / "404.html").is_file():
        text = mark_labels(lost.read_text(encoding="utf-8"), english, alone=False)
        lost.write_text(slim_labels(text), encoding="utf-8")
    copy_files(site.folder)
    write_index(site.folder, root)
    tell_minutes(site.folder)
    remove_controls(site.folder)
    join_particles(site.folder)
    join_files(site.folder)
    convert_figures(site.folder)
    if problems := write_redirects(site):
        raise SystemExit("\n".join(problems))


def built_pages(site: Site) -> Sequence[BuiltPage]:
    """The pages in the navigation, in order; ``codeout site`` has seen that they are built."""
    return [
        BuiltPage(
            site.folder / site.html(source), page.title, site.url(source), site.address, page.meta
        )
        for source, page in SitePages.open(site).in_navigation()
    ]


def described(text: str, page: BuiltPage, pages: Sequence[BuiltPage], site: Site) -> str:
    """A page with what search engines are told of it."""
    data = structured(page, pages, site.name, site.address)
    script = f'<script type="application/ld+json">{htmlsafe_json_dumps(data)}</script>\n'
    return text.replace("</head>", f"{script}</head>", 1) if data else text


if __name__ == "__main__":
    finish(Path.cwd())
