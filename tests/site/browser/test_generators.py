"""Other generators build the same pages from the same ``mkdocs.yml``: ProperDocs and Zensical."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from tests.site.browser.built import ADDRESS, build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from tests.site.browser.built import Site

CELL_ID = re.compile(rb'"id": "[0-9a-f]+"')
"""In a notebook: a digest of the cell, which may hold the address of the site."""
LISTS_PAGES = {
    "": "what search engines are told of the course names its parts",
    "glossary/": "its terms lead to the pages that explain them",
}


def article(file: Path) -> str:
    """What a page says."""
    return file.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]


def test_properdocs_builds_the_same_articles(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    build_site("properdocs", tmp_path, ADDRESS)  # first: another process may be building the site
    mkdocs: Site = request.getfixturevalue("mkdocs")
    for page in mkdocs.pages():
        ours, theirs = (folder / page / "index.html" for folder in (mkdocs.folder, tmp_path))
        assert article(ours) == article(theirs), page
        assert len(article(ours)) > 1000


def test_zensical_builds_the_same_articles(mkdocs: Site, zensical: Site) -> None:
    for page in mkdocs.pages():
        ours, theirs = ([*parts(each.folder / page / "index.html")] for each in (mkdocs, zensical))
        assert theirs == ours, page
        assert len(ours) > 100


def test_zensical_names_languages_and_describes_pages_as_well(mkdocs: Site, zensical: Site) -> None:
    for page in mkdocs.pages():
        ours, theirs = (read(each.folder / page / "index.html") for each in (mkdocs, zensical))
        assert titles(theirs) >= titles(ours), page
        told = json.loads(json.dumps(described(theirs)).replace(zensical.url, mkdocs.url))
        assert told == described(ours) or page in LISTS_PAGES, page


def test_the_glossary_of_zensical_leads_to_all_pages(mkdocs: Site, zensical: Site) -> None:
    ours, theirs = (
        {
            link["href"]
            for link in read(each.folder / "glossary/index.html").select("article a[href]")
        }
        for each in (mkdocs, zensical)
    )
    assert ours - theirs == set()
    assert any("/labs/" in link for link in theirs)


def test_zensical_has_what_readers_load_later(mkdocs: Site, zensical: Site) -> None:
    names = ["assets/javascripts/glightbox.min.js", "assets/stylesheets/codeout.css"]
    names += ["basics/tensors/tensors.ipynb", "basics/tensors/tensors.py"]
    names += ["labs/fashion-mnist/fashion-mnist.ipynb", "labs/fashion-mnist/fashion-mnist.py"]
    for name in names:
        ours, theirs = (
            CELL_ID.sub(b"", (each.folder / name).read_bytes().replace(each.url.encode(), b""))
            for each in (mkdocs, zensical)
        )
        assert theirs == ours, name


def titles(page: BeautifulSoup) -> set[str]:
    """The titles in the navigation, the contents and the header, each half with its language."""
    places = page.select("nav .md-ellipsis, .md-header .md-ellipsis, label.md-nav__title, .steps a")
    halves = (half for place in places for half in place.select("[lang]"))
    return {f"{half['lang']}: {half.get_text()}" for half in halves}


def described(page: BeautifulSoup) -> list[object]:
    """What search engines are told."""
    return [json.loads(script.text) for script in page.select("script[type='application/ld+json']")]


def read(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def parts(file: Path) -> Iterator[str]:
    """The elements and the texts of an article, without what differs by the generator alone."""
    article = read(file).select_one("article")
    assert article is not None, file
    for made_by_the_theme in article.select("#__skip, svg"):
        made_by_the_theme.decompose()
    for node in article.descendants:
        if isinstance(node, Tag):
            attributes = {name: value for name, value in node.attrs.items() if name not in IGNORED}
            if "href" in attributes:
                attributes["href"] = link(str(attributes["href"]))
            yield f"<{node.name} {sorted(attributes.items())}>"
        elif type(node) is NavigableString and node.strip():
            yield " ".join(node.split())


IGNORED = {
    "data-search-exclude",  # Zensical takes it out
}


def link(address: str) -> str:
    """An address, whether it begins with ``./`` or not."""
    return re.sub(r"^\./(?=.)", "", address)
