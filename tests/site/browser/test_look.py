"""What looking at the pages has found: each of these was once ugly, cramped or in the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import ViewportSize

from tests.site.browser.test_accessibility import come, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = ViewportSize(width=360, height=740)
BLOCKS = ["basics/tensors/", "labs/fashion-mnist/", "engine/"]
"""Types of pages with blocks of code."""
BREAKS = "all => all.map(each => getComputedStyle(each).breakInside)"


def test_the_english_of_a_heading_stands_below_its_korean(page: Page) -> None:
    """No line begins or ends with the dot between the two."""
    page.goto("basics/save-and-load/")
    english, korean = (
        page.locator(f"h1 .bitext[lang={lang}]").bounding_box() for lang in ["en", "ko"]
    )
    assert english
    assert korean
    assert english["y"] >= korean["y"] + korean["height"] - 1
    assert english["height"] < korean["height"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["labs/fashion-mnist/", "basics/save-and-load/"])
def test_no_heading_ends_with_an_empty_line(page: Page, address: str, width: int) -> None:
    """Its link once stood there alone, where no place was left beside the words."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address)
    gaps = page.locator("article :is(h1, h2, h3)").evaluate_all(
        """headings => headings.map(heading => {
          const words = [...heading.querySelectorAll(".bitext")].at(-1).getBoundingClientRect()
          return heading.getBoundingClientRect().bottom - words.bottom
        })"""
    )
    assert len(gaps) > 3
    assert max(gaps) < 12


@pytest.mark.parametrize("address", ["basics/tensors/", "404.html"])
@pytest.mark.parametrize("mode", ["both", "ko", "en"])
def test_the_name_of_the_site_fits_on_a_phone(page: Page, mode: str, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}?lang={mode}")
    name = page.locator(".md-header__topic .md-ellipsis").first
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth")


def test_a_lesson_on_a_phone_begins_on_the_first_screen(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("basics/save-and-load/")
    text = page.locator("article > p").first.bounding_box()
    assert text
    assert text["y"] < PHONE["height"] / 2


def test_nothing_is_kept_free_for_a_link_to_a_repository_that_is_not_known(page: Page) -> None:
    """Zensical shows the place of the link also without it."""
    page.goto("basics/tensors/")
    place = page.locator(".md-header__source")
    shown = "place => getComputedStyle(place).display"
    assert place.evaluate(shown) == "block"
    place.evaluate("place => { place.innerHTML = '\\n  '; }")
    assert place.evaluate(shown) == "none"


@pytest.mark.parametrize("address", ["", "basics/tensors/", "engine/benchmarks/", "verification/"])
def test_no_page_is_wider_than_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("mode", ["ko", "en", "both"])
def test_the_tables_of_verification_fit_on_a_laptop(page: Page, mode: str) -> None:
    """The last one has a column for each environment, and scrolls."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"verification/?lang={mode}")
    hidden = page.locator(".md-typeset__scrollwrap").evaluate_all(
        "frames => frames.map(frame => frame.scrollWidth - frame.clientWidth)"
    )
    assert hidden[:2] == [0, 0]


def test_a_table_among_outputs_is_in_line_with_the_code(page: Page) -> None:
    page.goto("engine/writing/")
    cell = page.locator(".codeout-cell", has=page.locator(".codeout-html table")).first
    table = cell.locator(".codeout-html table").bounding_box()
    code = cell.locator("code > span").first.bounding_box()
    assert table
    assert code
    assert abs(table["x"] - code["x"]) < 2


def test_an_error_fills_its_output_below_the_label(page: Page) -> None:
    """It once touched the label, and left a gap below."""
    page.goto("basics/")
    output = page.locator(".codeout-cell .tabbed-block:has(> .codeout-error:first-child)").first
    above, below = output.evaluate(
        """output => {
          const frame = output.getBoundingClientRect()
          const error = output.querySelector(".codeout-error").getBoundingClientRect()
          const label = getComputedStyle(output, "::before")
          const text = ["height", "paddingTop"].map(part => parseFloat(label[part]))
          const isWhole = label.boxSizing === "border-box"
          const end = isWhole ? text[0] - parseFloat(label.paddingBottom) : text[0] + text[1]
          const last = output.querySelector("pre").getBoundingClientRect()
          return [error.top - frame.top - end, frame.bottom - last.bottom]
        }"""
    )
    assert above >= 4
    assert 0 <= below < 2


def test_the_caption_of_a_table_is_in_line_with_its_first_column(page: Page) -> None:
    page.goto("verification/")
    lefts = page.locator("caption, caption ~ thead th:first-child").evaluate_all(
        """all => all.map(each => {
          const range = document.createRange()
          range.selectNodeContents(each)
          return Math.round(range.getBoundingClientRect().left)
        })"""
    )
    assert len(lefts) == 6
    assert len(set(lefts)) == 1


def test_lessons_have_their_numbers_in_the_tables_of_verification(page: Page) -> None:
    for mode, name in [("ko", "2. 텐서"), ("en", "2. Tensors"), ("both", "2. 텐서 · Tensors")]:
        page.goto(f"verification/?lang={mode}")
        assert name in page.locator("tbody th").all_inner_texts()


def test_the_two_columns_of_english_terms_are_in_line(page: Page) -> None:
    page.goto("glossary/")
    tops = page.locator(".term-index li").evaluate_all(
        "all => all.map(each => Math.round(each.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == (len(tops) + 1) // 2


@pytest.mark.parametrize("width", [360, 768])
def test_the_drawer_tells_the_whole_name_of_the_site(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("")
    page.locator("header label[for=__drawer]").click()
    name = page.locator(".md-nav--primary > .md-nav__title")
    assert name.is_visible()
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth")


def test_nothing_lies_over_the_choice_of_languages(page: Page) -> None:
    page.goto("basics/")
    page.locator("[data-reading-menu] summary").click()
    tooltip = page.locator("[role=tooltip]", has_text="Language and outputs")
    tooltip.wait_for(state="attached")
    assert tooltip.evaluate("tooltip => getComputedStyle(tooltip).display") == "none"


def test_paper_is_white_in_the_dark_palette(page: Page) -> None:
    come(page, "basics/tensors/", "dark")
    page.emulate_media(media="print", color_scheme="dark")
    code = page.locator("pre > code").first
    assert code.evaluate("code => getComputedStyle(code).backgroundColor") == "rgb(246, 245, 243)"
    for part in ("html", "body"):  # the margins have the ground of the browser itself
        shown = page.locator(part)
        assert shown.evaluate("part => getComputedStyle(part).colorScheme") == "light"
    assert violations(page) == []


@pytest.mark.parametrize("address", ["", *BLOCKS])
def test_the_copy_button_of_a_phone_comes_with_a_tap_and_is_below_the_code(
    page: Page, address: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.wait_for_selector(".md-code__nav", state="attached")
    first = page.locator(".highlight:has(> pre > .md-code__nav)").locator("visible=true").first
    opacity = "code => getComputedStyle(code.querySelector('.md-code__nav')).opacity"
    assert first.evaluate(opacity) == "0"
    first.hover()  # as browsers on phones do for a tap
    page.wait_for_function(f"code => ({opacity})(code) === '1'", arg=first.element_handle())
    seen, over = page.evaluate(
        """() => {
          const buttons = [...document.querySelectorAll(".md-code__button")]
          const seen = buttons.filter(button => button.checkVisibility())
          const over = seen.filter(button => {
            button.focus()
            const code = button.closest(".highlight").querySelector("code")
            const { bottom } = code.getBoundingClientRect()
            return button.parentElement.getBoundingClientRect().top < bottom - 1
          })
          return [seen.length, over.length]
        }"""
    )
    assert seen
    assert over == 0


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize("address", BLOCKS)
def test_the_copy_button_is_not_over_the_code(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.wait_for_selector(".md-code__nav", state="attached")
    seen, over = page.evaluate(
        """() => {
          const buttons = [...document.querySelectorAll(".md-code__nav")]
          const seen = buttons.filter(button => button.checkVisibility())
          const over = seen.filter(button => {
            const code = button.closest(".highlight").querySelector("code")
            const { right } = code.getBoundingClientRect()
            return button.getBoundingClientRect().left < right - 1
          })
          return [seen.length, over.length]
        }"""
    )
    assert seen > 2
    assert over == 0


def test_a_mark_says_how_far_down_a_lesson_one_is(page: Page) -> None:
    page.goto("basics/tensors/")
    width = """() => {
      const { transform } = getComputedStyle(document.querySelector(".md-header"), "::after")
      return new DOMMatrix(transform).a
    }"""
    assert page.evaluate(width) == 0
    page.evaluate("scrollTo(0, (document.documentElement.scrollHeight - innerHeight) / 2)")
    page.wait_for_function(f"Math.abs(({width})() - 0.5) < 0.02")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function(f"({width})() > 0.99")


def test_a_lesson_says_how_long_it_takes_and_other_pages_do_not(page: Page) -> None:
    page.goto("basics/tensors/?lang=ko")
    told = page.locator("h1 + .minutes").inner_text()
    assert re.fullmatch(r"읽는 데 약 [1-9]\d*분", told)
    for address in ("glossary/", "guide/contributing/", "engine/"):
        page.goto(address)
        assert page.locator(".minutes").count() == 0
        header = "getComputedStyle(document.querySelector('.md-header'), '::after').content"
        assert page.evaluate(header) in ("none", "normal")


def test_paper_keeps_headings_with_their_text_and_leaves_links_to_pages_out(page: Page) -> None:
    page.goto("basics/tensors/")
    page.emulate_media(media="print")
    for heading in page.locator("article :is(h2, h3)").all():
        assert heading.evaluate("heading => getComputedStyle(heading).breakAfter") == "avoid"
    cell = page.locator(".codeout-cell").first
    assert cell.evaluate("cell => getComputedStyle(cell).breakInside") == "avoid"
    assert not page.locator(".steps").is_visible()


def test_paper_cuts_no_card_and_no_note_on_the_outputs(page: Page) -> None:
    page.goto("")
    page.emulate_media(media="print")
    for kind in (page.locator(".home > ul > li"), page.locator("details.codeout-made")):
        assert kind.count()
        assert set(kind.evaluate_all(BREAKS)) == {"avoid"}
    label = page.locator(".codeout-cell .tabbed-block").nth(1)
    style = "output => getComputedStyle(output, '::before').breakAfter"
    assert label.evaluate(style) == "avoid"
    cell = page.locator(".codeout-cell").first
    ground = cell.evaluate("cell => getComputedStyle(cell).backgroundColor")
    assert ground == "rgba(0, 0, 0, 0)"


def test_paper_cuts_what_is_long_and_leaves_no_page_empty_before_it(page: Page) -> None:
    page.goto("basics/save-and-load/")
    page.emulate_media(media="print")
    boxes = page.locator("article details:not(.codeout-made)")
    long_output = page.locator(".codeout-cell", has=page.locator(".output-rest"))
    long_code = page.locator("details .highlight", has_text="class NeuralNetwork")
    for kind in (boxes, long_output, long_code):
        assert kind.count()
        assert set(kind.evaluate_all(BREAKS)) == {"auto"}
