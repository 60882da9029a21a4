"""The site for everyone: axe-core finds nothing wrong on any type of page, in either palette.

Every rule is tried in the light palette. In the dark one, colors alone are other ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from codeout.output.colours import to_html
from codeout.text.sgr import COLOURS, MARKS, Style, join_runs
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

PALETTES = ("light", "dark")
COLORS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that read colors, but for the one that is off by default."""
PAGES = {
    "landing": "",
    "introduction": "basics/",
    "lesson": "basics/save-and-load/",
    "lab": "labs/fashion-mnist/",
    "guide": "engine/writing/",
    "tables": "engine/benchmarks/",
    "glossary": "glossary/",
    "verification": "verification/",
    "lost": "404.html",
}


def violations(
    page: Page, palette: str = "light", within: str = "html", *, colors: bool = False
) -> list[str]:
    """What axe-core finds: a line for each element.

    Args:
        page: The window.
        palette: Its palette.
        within: A selector of the part that a test is about. In the dark palette, it alone is tried.
        colors: Try the colors of this part alone in the light palette, too.
    """
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    colors = colors or palette == "dark"
    if colors:
        options["runOnly"] = {"type": "rule", "values": COLORS}
    context = within if colors else "html"
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def come(page: Page, address: str, palette: str) -> None:
    """Go to a page as a reader whose system is light or dark."""
    page.emulate_media(color_scheme=palette, reduced_motion="reduce")
    page.goto(address)
    scheme = {"light": "default", "dark": "slate"}[palette]
    page.wait_for_selector(f"body[data-md-color-scheme={scheme}]")


def open_all(page: Page) -> None:
    """Open every box, and every folded output."""
    page.evaluate("""() => {
        document.querySelectorAll(".md-content details").forEach(d => d.open = true);
        document.querySelectorAll(".output-more").forEach(b => b.click());
    }""")


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_as_it_opens(page: Page, address: str, palette: str) -> None:
    come(page, address, palette)
    assert violations(page, palette) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_a_lesson_with_everything_opened(page: Page, palette: str) -> None:
    come(page, PAGES["lesson"], palette)
    open_all(page)
    assert violations(page, palette) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_a_lesson_with_outputs_in_tabs(page: Page, palette: str) -> None:
    come(page, PAGES["lesson"], palette)
    page.evaluate("document.documentElement.dataset.outputs = 'tabs'")
    assert violations(page, palette) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_the_search(page: Page, palette: str) -> None:
    come(page, PAGES["landing"], palette)
    page.locator(".search-open").click()
    for typed in ("tensor", "소프트멕스", "kubernetes tensor"):
        page.locator(".search__field").fill(typed)
        page.locator(".search :is([role=option], .search__rest button)").first.wait_for()
        assert violations(page, palette, ".search", colors=True) == []
    assert violations(page) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_a_phone_with_its_drawer(page: Page, palette: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    come(page, PAGES["lesson"], palette)
    page.locator(".md-header label[for=__drawer]").click()
    page.wait_for_timeout(300)  # it slides in
    assert violations(page, palette, ".md-sidebar--primary") == []


@pytest.mark.parametrize("palette", PALETTES)
def test_a_figure_that_is_open(page: Page, palette: str) -> None:
    come(page, PAGES["lab"], palette)
    page.locator(".figure-open").first.click()
    page.wait_for_selector(".gslide.current.loaded")
    assert violations(page, palette, ".glightbox-container") == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("palette", PALETTES)
def test_printed_text_in_every_colour(page: Page, palette: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    come(page, PAGES["guide"], palette)
    looks = [Style(colour, ground) for colour in ("", *COLOURS) for ground in ("", *COLOURS)]
    looks += [Style(marks=frozenset({mark})) for mark in MARKS.values()]
    printed = "\n".join(join_runs([(f"{look.text} on {look.ground}", look)]) for look in looks)
    page.locator("h1").evaluate(
        "(e, html) => e.insertAdjacentHTML('afterend', html)", to_html(printed)
    )
    expect(page.locator(".codeout-text > span")).to_have_count(len(looks) - 1)
    assert violations(page, palette, ".codeout-text", colors=True) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
