"""Code and its output: both in sight, or in tabs for readers who choose them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site.browser.test_outputs import LONG, cell
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.site.browser.built import Site

LESSONS = [file.stem for file in sorted((ROOT / "docs" / "basics").glob("*.md"))]
HIDDEN = """() => [...document.querySelectorAll(".codeout-cell .tabbed-block")]
    .filter(block => !block.closest("details:not([open])") && !block.checkVisibility())
    .map(block => block.textContent.slice(0, 80))"""


def tabs(found: Locator) -> Locator:
    """The radio buttons of Code and Out."""
    return found.locator("> input")


def choose(page: Page, place: str) -> None:
    """Choose where outputs stand, in the menu of the header."""
    page.click("[data-reading-menu] summary")
    page.check(f"[data-reading-menu] input[value={place}]")
    page.keyboard.press("Escape")


def in_tabs(page: Page, address: str) -> None:
    """A page as a reader of tabs has it."""
    page.goto(address)
    choose(page, "tabs")


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_lessons_show_every_output(
    browser: Browser, site: Site, lesson: str, scripts: bool
) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"basics/{lesson}/".replace("index/", ""))
    cells = page.locator(".tabbed-set")
    assert cells.count() == page.locator(".codeout-cell").count() > 2
    expect(cells.locator("input, label")).to_have_count(0)
    if scripts:
        assert page.evaluate(HIDDEN) == []
    else:
        expect(page.locator("article > .codeout-cell .tabbed-block:visible")).to_have_count(
            page.locator("article > .codeout-cell .tabbed-block").count()
        )
    context.close()


@pytest.mark.parametrize(
    ("address", "at", "widths"),
    [("", 0, {1280: True, 360: False}), ("basics/tensors/", 0, {1280: True, 360: False})],
)
def test_outputs_stand_beside_code_where_both_fit(
    page: Page, address: str, at: int, widths: dict[int, bool]
) -> None:
    page.goto(address)
    blocks = page.locator(".codeout-cell").nth(at).locator(".tabbed-block")
    for width, beside in widths.items():
        page.set_viewport_size({"width": width, "height": 800})
        code, output = blocks.nth(0).bounding_box(), blocks.nth(1).bounding_box()
        assert (output["x"] >= code["x"] + code["width"]) == beside
        assert (output["y"] >= code["y"] + code["height"]) != beside


def test_wide_code_pushes_its_output_below(page: Page) -> None:
    page.goto(LONG)
    blocks = cell(page, "VGG(").locator(".tabbed-block")
    code, output = blocks.nth(0).bounding_box(), blocks.nth(1).bounding_box()
    assert output["y"] >= code["y"] + code["height"]
    assert output["width"] == code["width"]


def test_an_output_is_named_in_the_language_of_the_reader(page: Page) -> None:
    named = "block => getComputedStyle(block, '::before').content"
    for mode, words in {"both": "출력 · Output", "ko": "출력", "en": "Output"}.items():
        page.goto(f"{LONG}?lang={mode}")
        output = page.locator(".codeout-cell .tabbed-block + .tabbed-block").first
        assert output.evaluate(named) == f'"{words}"'


def test_tabs_are_chosen_and_the_choice_is_kept(page: Page, context: BrowserContext) -> None:
    in_tabs(page, LONG)
    out = cell(page, "VGG(").locator(".tabbed-block").nth(1)
    expect(out).to_be_hidden()
    page.reload()
    expect(out).to_be_hidden()
    other = context.new_page()
    other.goto("basics/tensors/")
    expect(other.locator(".tabbed-labels").first).to_be_visible()
    choose(other, "shown")
    expect(out).to_be_visible()
    other.reload()
    expect(other.locator(".tabbed-labels").first).to_be_hidden()


def test_the_choice_works_by_keyboard(page: Page) -> None:
    page.goto(LONG)
    page.locator("[data-reading-menu] summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="코드와 함께 · With the code")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="탭으로 · In tabs")).to_be_checked()
    expect(page.locator(".tabbed-labels").first).to_be_visible()


@pytest.mark.parametrize("place", ["shown", "tabs"])
def test_paper_has_code_and_output(page: Page, place: str) -> None:
    page.goto(LONG)
    choose(page, place)
    page.emulate_media(media="print")
    assert page.evaluate(HIDDEN) == []
    code, output = cell(page, "VGG(").locator(".tabbed-block").all()
    assert output.bounding_box()["y"] > code.bounding_box()["y"]


def test_exercises_stay_folded(page: Page) -> None:
    page.goto(LONG)
    solutions = page.locator("details.success")
    assert solutions.locator(".tabbed-block").count() > 0
    expect(solutions.locator(".tabbed-block:visible")).to_have_count(0)


def test_arrow_keys_switch_one_block_alone(page: Page) -> None:
    in_tabs(page, LONG)
    vgg = cell(page, "VGG(")
    tabs(vgg).first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs(vgg).nth(1)).to_be_checked()
    label = vgg.locator(".tabbed-labels > label").nth(1)
    assert label.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert page.locator(".tabbed-set > input:nth-of-type(2):checked").count() == 1
    page.keyboard.press("ArrowLeft")
    expect(tabs(vgg).first).to_be_checked()


def test_a_tab_is_not_remembered(page: Page) -> None:
    in_tabs(page, LONG)
    kept = "() => Object.entries(localStorage).concat(Object.entries(sessionStorage))"
    address, storage = page.url, page.evaluate(kept)
    vgg = cell(page, "VGG(")
    vgg.locator(".tabbed-labels > label").nth(1).click()
    expect(tabs(vgg).nth(1)).to_be_checked()
    assert tabs(vgg).nth(1).evaluate("e => e === document.activeElement")
    assert page.evaluate(kept) == storage
    assert "__tabbed" not in page.url.removeprefix(address)
    page.reload()
    assert page.locator(".tabbed-set > input:nth-of-type(2):checked").count() == 0
