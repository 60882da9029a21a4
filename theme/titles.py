"""An MkDocs hook: titles of the navigation in both languages, each marked as such.

``한국어 · English`` in ``mkdocs.yml`` stays the plain title, for ``<title>`` and search; what is
shown has ``bitext``'s elements, so that readers can choose. A page in one language names it in its
front matter, ``lang: en``; then its title and its table of contents say so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

from bitext import mark_title

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

# Of the site and of the page in Material's header, and of the site above the navigation.
_PLACES = (
    r'(<div class="md-header__topic"[^>]*>\s*<span class="md-ellipsis">\s*)([^<]+?)(\s*</span>)',
    r'(<label class="md-nav__title" for="__drawer">\s*<a .*?</a>\s*)([^<]+?)(\s*</label>)',
)
# In the navigation, the contents, the header and the links to the pages before and after.
_LABEL = re.compile(
    r"""
    (?P<before>
        <span\ class="md-(?:ellipsis|typeset)">\s*
        | <a\ class="steps__[a-z]+"[^>]*>\s*<span\ class="steps__way">.*?</span></span>\s*
        | <label\ class="md-nav__title"[^>]*>\s*<(?:span|a)\b.*?</(?:span|a)>\s*
    )
    (?P<title> (?: </?code> | [^<>\s] ) (?: </?code> | [^<>] )*? )
    (?P<after> \s*</(?:span|a|label)> )
    """,
    re.VERBOSE | re.DOTALL,
)
# An entry of the navigation or the contents, in one frame or in two.
_TEXT = r"(?:[^<]|</?(?!span)[a-z][^>]*>)*?"
_ENTRY = re.compile(
    rf"""
    (?P<before> class="md-nav__link[^>]*>\s* ) <span\ class="md-ellipsis">\s*
    (?P<frame> <span\ class="md-typeset">\s* )?
    (?P<title> {_TEXT} (?: <span[^>]*> {_TEXT} </span> {_TEXT} )* )
    \s*</span> (?(frame) \s*</span> )
    """,
    re.VERBOSE,
)
_DOT = '<span class="bitext-dot"> · </span>'
_PLAIN = [re.compile(place, re.DOTALL) for place in _PLACES]


def on_nav(nav: Navigation, **_: object) -> None:
    """Give each title the form in which Material's plugin ``typeset`` keeps what it shows."""
    for item in _items(nav.items):
        if item.title:
            item.typeset = {"title": mark_title(item.title)}  # type: ignore[attr-defined]


def on_page_content(content: str, *, page: Page, **_: object) -> str:
    """Name the language of a page in one language wherever its headings are shown."""
    if language := page.meta.get("lang"):
        items: list[Any] = [page, *_anchors(page.toc)]
        for item in items:  # a title that comes from the page is HTML
            shown = getattr(item, "typeset", None) or {"title": item.title}
            item.typeset = {"title": _spoken(shown["title"], language)}
    return content


def on_post_page(output: str, *, page: Page, **_: object) -> str:
    """Mark the titles in the header, where Material shows the plain ones."""
    return _with_marked(output, unescape(page.title or ""), page.meta.get("lang"))


@lru_cache(64)  # pages: a server of the site has the same again at each save
def _with_marked(output: str, own: str, language: str | None) -> str:
    """A page with marked titles; its own is in one language if there is one."""

    def marked(match: re.Match[str]) -> str:
        title = unescape(match[2])
        shown = mark_title(title)
        alone = _spoken(shown, language) if language and title == own else shown
        return f"{match[1]}{alone}{match[3]}"

    for place in _PLAIN:
        output = place.sub(marked, output)
    return slim_labels(output)


def on_post_template(output: str, *, template_name: str, **_: object) -> str:
    """Mark the name of the site on the page for unknown addresses as well."""
    return mark_names(output) if template_name == "404.html" else output


def mark_names(html: str) -> str:
    """Mark the titles in the header of a page that belongs to no page of the navigation."""
    for place in _PLAIN:
        html = place.sub(
            lambda match: f"{match[1]}{mark_title(unescape(match[2]))}{match[3]}", html
        )
    return slim_labels(html)


def mark_labels(html: str, english: Container[str], *, alone: bool) -> str:
    """Mark the titles in the navigation and the contents of a page that is built.

    Args:
        html: The page.
        english: The titles of pages that are in English alone.
        alone: Whether this page is, so that its contents are.
    """

    def marked(match: re.Match[str]) -> str:
        shown, title = match["title"], unescape(match["title"])
        if title in english or (alone and "md-typeset" in match["before"]):
            shown = _spoken(shown, "en")
        elif "<" not in shown:
            shown = mark_title(title)
        return f"{match['before']}{shown}{match['after']}"

    return _LABEL.sub(marked, html)


def slim_labels(html: str) -> str:
    """Leave out elements that entries of the navigation and the contents can do without.

    A page has a hundred entries: frames in frames, and dots, which ``reading.css`` draws.
    """

    def slim(match: re.Match[str]) -> str:
        kind = "md-ellipsis md-typeset" if match["frame"] else "md-ellipsis"
        return f'{match["before"]}<span class="{kind}">{match["title"].replace(_DOT, " ")}</span>'

    return _ENTRY.sub(slim, html)


def _spoken(title: str, language: str) -> str:
    return f'<span lang="{language}">{title}</span>'


def _anchors(items: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    """Yield the entries of a table of contents, with all that is below them."""
    for item in items:
        yield item
        yield from _anchors(item.children)


def _items(items: list[StructureItem]) -> Iterator[StructureItem]:
    """Yield sections, pages and links, with all that is in them."""
    for item in items:
        yield item
        yield from _items(getattr(item, "children", None) or [])
