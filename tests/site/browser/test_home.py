"""The home page: three ways to begin, and every lesson with the time it takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site.browser.test_weight import LESSONS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.browser.built import Site

WAYS = {"배우기": "basics/", "글쓰기": "guide/contributing/", "가져다 쓰기": "engine/"}
CARDS = ".home > ul > li"


@pytest.mark.parametrize("mode", ["both", "ko", "en"])
def test_a_click_anywhere_on_a_card_leads_to_its_page(page: Page, mode: str) -> None:
    page.goto(f"?lang={mode}")
    cards = page.locator(CARDS)
    assert cards.count() == len(WAYS) + len(LESSONS) + 2
    for at in range(cards.count()):
        hit = cards.nth(at).evaluate(
            """card => {
              card.scrollIntoView({ block: "center" })
              const { left, right, top, bottom } = card.getBoundingClientRect()
              const corners = [[left + 5, top + 5], [right - 5, top + 5], [left + 5, bottom - 5],
                [right - 5, bottom - 5], [(left + right) / 2, (top + bottom) / 2]]
              return corners.map(([x, y]) => document.elementFromPoint(x, y).closest("a")?.href)
            }"""
        )
        (address,) = {*hit}
        assert address == cards.nth(at).locator("a").first.evaluate("link => link.href")


def test_the_first_cards_are_for_learners_authors_and_users_elsewhere(
    page: Page, site: Site
) -> None:
    page.goto("?lang=ko")
    for card, (name, address) in zip(page.locator(CARDS).all(), WAYS.items(), strict=False):
        link = card.get_by_role("link", name=name, exact=True)
        assert link.evaluate("link => link.href") == site.url + address


def test_a_card_says_what_its_lesson_says_of_the_time(page: Page, site: Site) -> None:
    page.goto("?lang=ko")
    told = {}
    for card in page.locator(f"{CARDS}:has(.minutes)").all():
        address = card.locator("a").first.evaluate("link => link.href")
        told[address] = card.locator(".minutes:visible").inner_text()
    assert {*told} >= {site.url + lesson for lesson in LESSONS}
    for address, words in told.items():
        page.goto(f"{address}?lang=ko")
        lesson = page.locator("h1 + .minutes").inner_text()
        assert re.findall(r"\d+", lesson) == re.findall(r"\d+", words)


def test_a_picture_shows_what_one_will_build(page: Page) -> None:
    page.goto("")
    picture = page.locator(".start img")
    expect(picture).to_be_in_viewport(ratio=0.9)
    assert picture.evaluate("image => image.naturalWidth") > 100


def test_a_figure_stands_beside_its_code_where_there_is_room(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("")
    code, figure = (each.bounding_box() for each in page.locator(".home .tabbed-block").all())
    assert code
    assert figure
    assert figure["y"] == code["y"]
    assert figure["x"] >= code["x"] + code["width"]
