"""The glossary as readers have it: from a term to its meaning, and back to the very place."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from bitext import read_glossary
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.site.browser.built import Site

TERMS = {term.anchor: term for term in read_glossary(ROOT / "glossary.toml").terms}
TOOLTIP = ".md-tooltip2--active"
CONTENTS = ".md-nav--secondary > .md-nav__list"


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, BeautifulSoup]:
    """All pages of the site, under their addresses."""
    return {
        address: BeautifulSoup(
            (site.folder / address / "index.html").read_text(encoding="utf-8"), "html.parser"
        )
        for address in site.pages()
    }


def test_every_term_has_its_entry(pages: dict[str, BeautifulSoup]) -> None:
    headings = {str(each["id"]): each.get_text() for each in pages["glossary/"].find_all("h3")}
    assert headings.keys() == TERMS.keys()
    for anchor, heading in headings.items():
        assert {TERMS[anchor].korean, TERMS[anchor].english} <= {*re.split(" · |¶", heading)}


def test_links_lead_from_terms_to_entries_and_from_entries_to_terms(
    site: Site, pages: dict[str, BeautifulSoup]
) -> None:
    """Both ways, and completely: each place in a page is led back to, and each link finds one."""
    places: set[tuple[str, str]] = set()
    for address, page in pages.items():
        base = urljoin(site.url, address)
        ids = Counter(str(each["id"]) for each in page.find_all(id=True))
        for link in page.find_all("a", class_="term"):
            entry = urljoin(base, str(link["href"])).removeprefix(f"{site.url}glossary/#")
            assert link["id"] in {f"term-{entry}", f"term-{entry}-en"}
            assert entry in TERMS
            assert ids[str(link["id"])] == 1
            places.add((entry, f"{base}#{link['id']}"))
    back = {
        (str(box.find_previous("h3")["id"]), urljoin(f"{site.url}glossary/", str(link["href"])))
        for box in pages["glossary/"].find_all("div", class_="term-places")
        for link in box.find_all("a")
    }
    assert places <= back
    for _, url in back - places:  # the section, where the English has another word
        address, _, anchor = url.removeprefix(site.url).partition("#")
        assert pages[address].find(id=anchor).name in {"h1", "h2", "h3"}
    assert len(places) > 300


def test_terms_stand_in_the_order_of_the_language_that_is_read(page: Page) -> None:
    """The letters of Korean above them are not for readers of English alone."""
    by_english = sorted((term.english for term in TERMS.values()), key=str.casefold)
    by_korean = sorted(term.korean for term in TERMS.values())
    headings = page.locator("article h3 .bitext:visible")
    contents = page.locator(f".md-sidebar--secondary {CONTENTS} .bitext:visible")
    letters = page.locator("article h2:visible, .md-sidebar--secondary a:visible", has_text="ㄱ")
    page.goto("glossary/?lang=en")
    assert headings.all_inner_texts() == by_english
    assert contents.all_inner_texts() == [*by_english, "Find by English"]
    assert letters.count() == 0
    page.goto("glossary/?lang=ko")
    assert headings.all_inner_texts() == by_korean
    page.click("[data-reading-menu] summary")
    page.check("[data-reading-menu] input[value=en]")
    assert headings.all_inner_texts() == by_english
    page.check("[data-reading-menu] input[value=ko]")
    assert headings.all_inner_texts() == by_korean
    assert contents.all_inner_texts() == [*by_korean, "영어로 찾기"]
    assert letters.count() == 2


def test_every_lesson_has_terms(pages: dict[str, BeautifulSoup]) -> None:
    lessons = [address for address in pages if address.startswith("basics/")]
    assert len(lessons) == 9
    assert all(len(pages[lesson].find_all("a", class_="term")) >= 16 for lesson in lessons)


def test_a_term_tells_its_meaning_to_the_keyboard_and_leads_to_its_entry(page: Page) -> None:
    page.goto("basics/tensors/")
    term = page.locator("#term-tensor")
    term.focus()
    tooltip = page.locator(TOOLTIP)
    expect(tooltip).to_have_text(TERMS["tensor"].meaning)
    assert term.get_attribute("aria-describedby") == tooltip.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#tensor")
    expect(page.locator("#tensor")).to_be_in_viewport(timeout=10_000)
    expect(tooltip).to_have_count(0)
    page.locator("#tensor ~ .term-places a", has_text="텐서").first.click()
    page.wait_for_url("**/basics/tensors/#term-tensor")
    expect(term).to_be_in_viewport(timeout=10_000)


def test_a_term_of_the_english_tells_it_in_english(page: Page) -> None:
    page.goto("basics/tensors/")
    page.locator("#term-tensor-en").hover()
    expect(page.locator(TOOLTIP)).to_have_text(TERMS["tensor"].meaning_en)


def test_a_tooltip_fits_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("basics/autograd/")
    page.locator("#term-parameter").focus()
    box = page.locator(f"{TOOLTIP} .md-tooltip2__inner").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_without_scripts_the_meaning_is_the_title(context: BrowserContext, site: Site) -> None:
    assert context.browser
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{site.url}basics/tensors/")
    term = page.locator("#term-tensor")
    assert term.get_attribute("title") == TERMS["tensor"].meaning
    term.click()
    page.wait_for_url("**/glossary/#tensor")
    plain.close()
