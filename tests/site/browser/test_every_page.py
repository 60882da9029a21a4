"""What holds on every page: it fits a phone, its links lead somewhere, its pictures have words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.browser.built import Site

PHONE = {"width": 360, "height": 740}
WIDER = """() => [...document.querySelectorAll("article *")]
    .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
    .filter(element => !element.closest("pre, .highlight, .md-typeset__scrollwrap, .tabbed-labels"))
    .map(element => element.outerHTML.slice(0, 120))"""


def test_every_page_fits_a_phone_and_stays_on_the_site(page: Page, site: Site) -> None:
    """The ``context`` fixture also sees what goes wrong or leaves the site."""
    page.set_viewport_size({**PHONE})
    for address in site.pages():
        page.goto(address)
        assert not page.evaluate(WIDER), address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


def test_every_link_leads_to_a_place(site: Site) -> None:
    """Links of the whole document count: navigation, tools, and the way to the next page."""
    pages = {site.url + address: _parse(site, address) for address in site.pages()}
    ids = {url: {tag["id"] for tag in soup.select("[id]")} for url, soup in pages.items()}
    lost = []
    for url, soup in pages.items():
        for link in soup.select("a[href], link[href], script[src], img[src]"):
            target = urljoin(url, str(link.get("href", link.get("src"))))
            address, anchor = urldefrag(target)
            if not address.startswith(site.url):
                continue
            file = site.folder / address.removeprefix(site.url).partition("?")[0]
            there = (file / "index.html" if file.is_dir() else file).is_file()
            if not there or (anchor and anchor not in ids.get(address, {anchor})):
                lost.append(f"{url}: {target}")
    assert not lost, "\n".join(lost)


def test_every_picture_has_words(site: Site) -> None:
    for address in site.pages():
        for image in _parse(site, address).select("article img"):
            assert str(image.get("alt", "")).strip(), f"{address}: {image.get('src')}"


def test_no_id_stands_twice(site: Site) -> None:
    for address in site.pages():
        ids = [str(tag["id"]) for tag in _parse(site, address).select("[id]")]
        assert sorted(ids) == sorted(set(ids)), address


@cache
def _parse(site: Site, address: str) -> BeautifulSoup:
    text = (site.folder / address / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")
