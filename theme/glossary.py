"""An MkDocs hook: each entry of the glossary leads back to the pages that explain its term.

When the glossary is rendered, not all pages are; so its entries have empty places, filled here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from bitext import split_halves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_EMPTY = re.compile(r'<p class="term-places" data-term="([^"]*)"></p>')
_PLACE = re.compile(
    r'<h[1-6][^>]* id="(?P<section>[^"]*)"|<a class="term"[^>]* id="term-(?P<term>[^"]*)"'
)
_NUMBER = re.compile(r"^[0-9]+\.\s+")
_LABEL = (
    '<span class="bitext" lang="ko">설명하는 곳</span><span class="bitext-dot"> · </span>'
    '<span class="bitext" lang="en">Explained in</span>'
)


@dataclass(frozen=True)
class Explaining:
    """A page that may explain terms.

    Attributes:
        title: Its title in the navigation.
        address: Where it is, from the glossary.
        content: Its HTML.
    """

    title: str
    address: str
    content: str


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Fill the places in the glossary, now that all pages are rendered."""
    del config
    if page.content and _EMPTY.search(page.content):
        pages = (
            Explaining(
                other.title or "", other.file.url_relative_to(page.file), other.content or ""
            )
            for other in nav.pages
        )
        page.content = fill_places(page.content, pages)
    return context


def fill_places(content: str, pages: Iterable[Explaining]) -> str:
    """Fill the empty places of a glossary with links to the pages, in their order."""
    links: dict[str, str] = defaultdict(str)
    for page in pages:
        for term, link in _links(page):
            links[term] += f"<li>{link}</li>"
    return _EMPTY.sub(lambda match: _places(links[match[1]]), content)


def _places(links: str) -> str:
    return f'<div class="term-places">{_LABEL}<ul>{links}</ul></div>' if links else ""


@lru_cache(256)  # pages: a server of the site asks again at each save
def _links(page: Explaining) -> Sequence[tuple[str, str]]:
    """The terms that a page explains, with the links that lead from the glossary to there."""
    links, section = [], ""
    explained = {match["term"] for match in _PLACE.finditer(page.content)}
    for match in _PLACE.finditer(page.content):
        term = match["term"] or ""
        section = match["section"] or section
        if term and not term.endswith("-en"):
            english = f"term-{term}-en" if f"{term}-en" in explained else section
            links.append((term, _link(page, f"term-{term}", english)))
    return links


def _link(page: Explaining, korean: str, english: str) -> str:
    """Link to a page in both languages, each at its own place: one of them may be hidden."""
    title = _NUMBER.sub("", page.title)
    number = page.title.removesuffix(title)
    names = split_halves(title) or (title, title)
    return number + '<span class="bitext-dot"> · </span>'.join(
        f'<a class="bitext" lang="{language}" href="{page.address}#{place}">{escape(name)}</a>'
        for language, place, name in zip(("ko", "en"), (korean, english), names, strict=True)
    )
