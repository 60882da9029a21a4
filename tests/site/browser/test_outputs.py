"""Outputs as readers see, open, copy and print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.site.browser.built import Site

LONG = "basics/save-and-load/"  # prints the whole of VGG16: 45 lines
FIGURES = "labs/fashion-mnist/"


def cell(page: Page, printed: str) -> Locator:
    """The tabs of the first code whose output holds these words."""
    return page.locator(".tabbed-set", has=page.locator("pre", has_text=printed)).first


def test_a_long_output_folds_and_tells_how_many_lines_it_hides(page: Page) -> None:
    page.goto(LONG)
    vgg = cell(page, "VGG(")
    whole = vgg.locator(".tabbed-block").nth(1).locator("pre > code").text_content() or ""
    hidden = len(whole.rstrip("\n").split("\n")) - 16
    more = vgg.get_by_role("button", name=f"{hidden}줄 더 보기 · Show {hidden} more lines")
    rest = vgg.locator(".output-rest")
    expect(more).to_have_attribute("aria-expanded", "false")
    assert more.get_attribute("aria-controls") == rest.get_attribute("id")
    folded = vgg.bounding_box()["height"]
    more.press("Enter")
    less = vgg.get_by_role("button", name="접기 · Show less")
    expect(less).to_have_attribute("aria-expanded", "true")
    assert vgg.bounding_box()["height"] > folded + 15 * hidden
    assert "(classifier)" in rest.inner_text()
    less.press("Enter")
    assert vgg.bounding_box()["height"] == folded


def test_a_folded_output_opens_where_the_browser_finds_words_in_it(page: Page) -> None:
    page.goto(LONG)
    vgg = cell(page, "VGG(")
    vgg.locator(".output-rest").dispatch_event("beforematch")
    expect(vgg.locator(".output-more")).to_have_attribute("aria-expanded", "true")


def test_short_outputs_do_not_fold(page: Page) -> None:
    page.goto(LONG)
    counts = page.locator(".tabbed-block .language-text").evaluate_all(
        "all => all.map(e => [e.querySelector('code').textContent.trimEnd().split('\\n').length,"
        " e.querySelectorAll('.output-more').length])"
    )
    assert {folds for lines, folds in counts if lines <= 24} == {0}
    assert {folds for lines, folds in counts if lines > 24} == {1}


def test_outputs_fold_once_on_a_page_that_one_walks_to(page: Page) -> None:
    page.goto("basics/optimization/")
    page.locator(".steps__next").click()
    vgg = cell(page, "VGG(")
    expect(vgg.locator(".output-more")).to_have_count(1)
    page.go_back()
    page.go_forward()
    expect(vgg.locator(".output-more")).to_have_count(1)


def test_print_shows_the_whole_output(page: Page) -> None:
    page.goto(LONG)
    vgg = cell(page, "VGG(")
    rest, more = vgg.locator(".output-rest"), vgg.locator(".output-more")
    assert rest.bounding_box()["height"] == 0
    page.emulate_media(media="print")
    assert rest.bounding_box()["height"] > 300
    expect(more).to_be_hidden()


def test_without_javascript_outputs_are_whole(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(LONG)
    vgg = cell(page, "VGG(")
    expect(vgg.get_by_text("(classifier)")).to_be_visible()
    expect(page.locator(".output-more")).to_have_count(0)
    context.close()


def test_copying_gives_code_without_prompts(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("engine/writing/")
    block = page.locator(".language-pycon").first
    assert ">>> " in (block.text_content() or "")
    block.get_by_role("button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert [line for line in copied.split("\n") if line] == [
        "[term.upper() for term in terms]",
        "for term in terms[:2]:",
        "    print(term)",
        "terms[3]",
    ]


def test_selecting_leaves_prompts_out(page: Page) -> None:
    page.goto("engine/writing/")
    code = page.locator(".language-pycon code").first
    chosen = code.evaluate("e => (getSelection().selectAllChildren(e), getSelection().toString())")
    assert ">>>" not in chosen
    assert chosen.strip().startswith("[term.upper() for term in terms]\n['TENSOR'")


def test_code_has_a_copy_button_and_outputs_have_none(page: Page) -> None:
    for address in (LONG, FIGURES):
        page.goto(address)
        buttons = page.locator(".md-code__button")
        expect(buttons.first).to_be_visible()
        outputs = page.locator(":is(.tabbed-block, .notebook-out) .language-text")
        assert outputs.count() > 3
        seen = outputs.locator(".md-code__button").evaluate_all(
            "all => all.filter(e => e.offsetParent).length"
        )
        assert seen == 0


def test_an_error_is_tinted(page: Page) -> None:
    page.goto(LONG)
    output = page.locator(".tabbed-block .language-text code").first
    colour = "e => getComputedStyle(e).backgroundColor"
    plain = output.evaluate(colour)
    output.evaluate(
        "e => e.closest('.highlight').insertAdjacentHTML('beforebegin',"
        " '<p class=\"codeout-error\">Error</p>')"
    )
    expect(output).not_to_have_css("background-color", plain)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_output_of_other_versions_stands_where_the_one_above_it_does(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(LONG)
    folded = page.locator(".tabbed-block > details.codeout-versions").first
    expect(folded).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    folded.locator("summary").click()
    above = folded.locator("xpath=..").locator("> .highlight > pre").bounding_box()
    below = folded.locator("> .highlight > pre").bounding_box()
    assert above
    assert below
    assert (below["x"], below["width"]) == (above["x"], above["width"])


def test_a_figure_opens_large_by_keyboard(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(FIGURES)
    assert not [url for url in asked if "glightbox" in url]
    figure = page.locator(".figure-open").first
    width = figure.bounding_box()["width"]
    figure.press("Enter")
    page.wait_for_selector(".gslide.current.loaded")
    large = page.locator(".gslide.current img")
    assert large.bounding_box()["width"] > 1.5 * width
    assert large.get_attribute("alt") == figure.locator("img").get_attribute("alt")
    expect(page.locator(".gslide.current .gslide-desc [lang=en]")).to_contain_text("Ten images")
    expect(page.get_by_role("button", name="닫기 · Close")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".gslide.current .gslide-desc")).to_contain_text("window lies on a boot")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="그림 · Figure")).to_have_count(0)
    expect(figure).to_be_focused()


def test_paper_has_solutions_together_after_the_text(page: Page) -> None:
    page.goto(LONG)
    places = "() => [...document.querySelectorAll('article details')].map(e => e.className)"
    before = page.evaluate(places)
    count = page.locator("details.success").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".solutions > details.success")).to_have_count(count)
    assert page.evaluate("document.querySelector('article > :last-child').className") == "solutions"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".solutions")).to_have_count(0)
    assert page.evaluate(places) == before
    assert "success" in before
