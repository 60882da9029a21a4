"""Who follows a link comes to where it leads, also on a slow connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A page takes longer to come than Material waits before it notes how far the old one is scrolled.
SLOW = """
const send = XMLHttpRequest.prototype.send
XMLHttpRequest.prototype.send = function (body) { setTimeout(() => send.call(this, body), 400) }
"""
CLICKED_WHILE_IT_SCROLLS = """(link) => {
  scrollTo(0, 900)
  requestAnimationFrame(() => requestAnimationFrame(() => link.click()))
}"""


@pytest.fixture
def slow(page: Page) -> Page:
    """A lesson, opened at the end of a slow connection."""
    page.add_init_script(SLOW)
    page.goto("basics/tensors/")
    page.wait_for_load_state("networkidle")  # the click is Material's once it has the sitemap
    return page


def test_a_link_to_a_place_leads_there(slow: Page) -> None:
    slow.locator("#term-tensor").evaluate(CLICKED_WHILE_IT_SCROLLS)
    slow.wait_for_url("**/glossary/#tensor")
    expect(slow.locator("#tensor")).to_be_in_viewport()
    assert slow.locator(":target").get_attribute("id") == "tensor"


def test_a_link_to_a_page_leads_to_its_top(slow: Page) -> None:
    slow.locator(".md-nav--primary a[href$='/glossary/']").evaluate(CLICKED_WHILE_IT_SCROLLS)
    slow.wait_for_url("**/glossary/")
    expect(slow.locator("#tensor")).to_have_count(1)
    slow.wait_for_timeout(300)  # longer than a wrong place takes to come
    assert slow.evaluate("scrollY") == 0


def test_history_leads_back_to_where_the_reader_was(slow: Page) -> None:
    slow.locator("#term-tensor").evaluate(CLICKED_WHILE_IT_SCROLLS)
    expect(slow.locator("#tensor")).to_be_in_viewport()
    slow.go_back()
    slow.wait_for_function("document.querySelector('#term-tensor') && scrollY === 900")
