"""Interactive figures: readers can work with them, and they have no rights on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

    from tests.site.browser.built import Site

PAGE = "engine/writing/"
FIGURE = "assets/out/engine/writing/2.html"


def frame_of(page: Page) -> FrameLocator:
    """The frame of the figure, once its tab is open."""
    frame = page.locator(".codeout-frame")
    frame.scroll_into_view_if_needed()
    expect(frame).to_have_attribute("sandbox", "allow-scripts")
    assert frame.get_attribute("title") not in {None, "", "figure 2"}
    return page.frame_locator(".codeout-frame")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_works_with_a_figure(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(PAGE)
    frame = frame_of(page)
    polygon = frame.locator("polygon")
    assert len((polygon.get_attribute("points") or "").split(",")) == 2 * 5
    frame.get_by_label("Sides").fill("7")
    assert len((polygon.get_attribute("points") or "").split(",")) == 2 * 7
    assert frame.locator("html").evaluate("e => e.scrollHeight <= innerHeight"), "all of it is seen"
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_figure_reaches_nothing_outside_of_its_frame(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto(PAGE)
    inside = frame_of(page).locator("html")
    for reached in ("parent.document", "localStorage", "document.cookie"):
        tried = f"() => {{ try {{ {reached} }} catch (error) {{ return error.name }} }}"
        assert inside.evaluate(tried) == "SecurityError", reached
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    fetched = "(_, address) => fetch(address).then(() => 'reached', (error) => error.name)"
    for address in (f"{site.url}search/index.json", "https://example.org/"):
        assert inside.evaluate(fetched, address) == "TypeError"
    assert asked == []
    context.close()


def test_a_figure_by_itself_is_in_a_sandbox_too(page: Page) -> None:
    page.goto(FIGURE)
    inside = page.frame_locator("iframe[sandbox=allow-scripts]")
    expect(inside.locator("polygon")).to_be_visible()
    assert inside.locator("html").evaluate("() => origin") == "null"
    assert page.locator("polygon").count() == 0, "outside of the frame nothing runs"


def test_without_scripts_a_figure_says_so(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE)
    expect(frame_of(page).get_by_text("This figure needs scripts.")).to_be_visible()
    context.close()
