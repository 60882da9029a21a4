"""An MkDocs hook: each entry of the glossary leads back to the pages that explain its term.

When the glossary is rendered, not all pages are; so its entries have empty places, filled here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

from bitext import split_halves

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Fill the places in the glossary, now that all pages are rendered."""
    del config
    if page.content and _EMPTY.search(page.content):
        links: dict[str, str] = defaultdict(str)
        for other in nav.pages:
            for term, link in _links(other, page):
                links[term] += f"<li>{link}</li>"
        page.content = _EMPTY.sub(lambda match: _places(links[match[1]]), page.content)
    return context


def _places(links: str) -> str:
    return f'<div class="term-places">{_LABEL}<ul>{links}</ul></div>' if links else ""


def _links(page: Page, glossary: Page) -> Iterator[tuple[str, str]]:
    """Yield the terms that a page explains, and the links that lead from the glossary to there."""
    content, section = page.content or "", ""
    explained = {match["term"] for match in _PLACE.finditer(content)}
    for match in _PLACE.finditer(content):
        term = match["term"] or ""
        section = match["section"] or section
        if term and not term.endswith("-en"):
            english = f"term-{term}-en" if f"{term}-en" in explained else section
            yield term, _link(page, glossary, f"term-{term}", english)


def _link(page: Page, glossary: Page, korean: str, english: str) -> str:
    """Link to a page in both languages, each at its own place: one of them may be hidden."""
    title = _NUMBER.sub("", page.title or "")
    number = (page.title or "").removesuffix(title)
    address = page.file.url_relative_to(glossary.file)
    names = split_halves(title) or (title, title)
    return number + '<span class="bitext-dot"> · </span>'.join(
        f'<a class="bitext" lang="{language}" href="{address}#{place}">{escape(name)}</a>'
        for language, place, name in zip(("ko", "en"), (korean, english), names, strict=True)
    )
