"""The dialog of the search: how it opens, what it shows, and where it leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.site.browser.built import Site


def test_nothing_is_loaded_before_somebody_searches(page: Page, built: Site) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{built.url}basics/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if "/search/" in url]
    page.keyboard.press("/")
    page.locator(".search__field").wait_for()
    page.wait_for_load_state("networkidle")
    assert [url for url in loaded if url.endswith("/search/index.json")]


def find(page: Page, site: Site, text: str, address: str = "basics/") -> Locator:
    """Type into the search of a page; gives the results."""
    page.goto(f"{site.url}{address}")
    page.keyboard.press("/")
    page.locator(".search__field").fill(text)
    return page.get_by_role("option")


def test_a_reader_types_and_arrives(page: Page, built: Site) -> None:
    options = find(page, built, "backward 두 번")
    expect(options.first).to_contain_text("두 번째 backward()")
    expect(options.first.locator(".search__teaser mark").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/basics/autograd/?h=*#a-second-backward")
    expect(page.locator("article mark", has_text="backward").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("key", ["/", "Control+k", "button"])
def test_ways_to_open(page: Page, built: Site, key: str) -> None:
    page.goto(f"{built.url}basics/")
    button = page.get_by_role("button", name="Search")
    if key == "button":
        button.click()
    else:
        page.keyboard.press(key)
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    field.press("Escape")
    expect(field).to_be_hidden()
    if key == "button":
        expect(button).to_be_focused()


def test_arrow_keys_choose_and_are_told(page: Page, site: Site) -> None:
    options = find(page, site, "텐서")
    field = page.get_by_role("combobox")
    expect(options.first).to_have_attribute("aria-selected", "true")
    for at, key in ((1, "ArrowDown"), (0, "ArrowUp"), (-1, "ArrowUp"), (0, "ArrowDown")):
        field.press(key)
        chosen = options.last if at < 0 else options.nth(at)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(page.locator("[aria-selected=true]")).to_have_count(1)
        name = chosen.get_attribute("id")
        assert name
        assert field.get_attribute("aria-activedescendant") == name
    expect(field).to_be_focused()
    expect(page.locator(".search__status")).to_contain_text("Pages found")


@pytest.mark.parametrize(
    ("mode", "title", "teaser"),
    [
        ("ko", "행렬 곱", "ko"),
        ("en", "The Matrix Product", "en"),
        ("both", "행렬 곱 · The Matrix Product", "ko"),
    ],
)
def test_titles_and_teasers_are_in_the_language_of_the_reader(
    page: Page, site: Site, mode: str, title: str, teaser: str
) -> None:
    options = find(page, site, "matmul", f"basics/?lang={mode}")
    found = options.filter(has=page.locator(".search__title", has_text="Matrix Product")).first
    assert found.locator(".search__title").inner_text() == title
    expect(found.locator(".search__teaser")).to_have_attribute("lang", teaser)
    style = "element => getComputedStyle(element).wordBreak"
    assert found.locator(".search__teaser").evaluate(style) == "keep-all"


def test_what_was_understood_is_shown_with_a_way_back(page: Page, built: Site) -> None:
    options = find(page, built, "소프트멕스")
    status = page.locator(".search__status")
    expect(status).to_contain_text(re.compile("소프트맥스.로 찾았습니다"))
    expect(options.first).to_contain_text("Softmax")
    status.get_by_role("button").click()
    expect(status).to_contain_text("소프트멕스")
    expect(status).not_to_contain_text("소프트맥스")
    expect(options).to_have_count(0)


def test_a_word_that_is_nowhere_is_told_first_and_the_rest_is_folded(
    page: Page, built: Site
) -> None:
    options = find(page, built, "코끼리 텐서")
    expect(page.locator(".search__status")).to_contain_text(re.compile("없는 말입니다: .코끼리."))
    expect(options).to_have_count(0)
    page.locator(".search__rest").get_by_role("button").click()
    expect(options.first).to_contain_text("텐서")


@pytest.mark.parametrize("text", ["", "  ", "?!", "\u3131" * 9])
def test_what_is_no_question_finds_nothing(page: Page, site: Site, text: str) -> None:
    options = find(page, site, text)
    page.wait_for_load_state("networkidle")
    expect(options).to_have_count(0)


def test_markup_in_a_question_is_text(page: Page, site: Site) -> None:
    find(page, site, "<img src=x onerror=alert(1)>")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".search img")).to_have_count(0)


def test_the_search_says_when_it_cannot_be_loaded(page: Page, site: Site) -> None:
    page.route("**/search/index.json", lambda route: route.fulfill(body="<html>"))
    find(page, site, "텐서")
    expect(page.locator(".search__status")).to_contain_text("could not be loaded")
    page.unroute("**/search/index.json")
    page.get_by_role("combobox").press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("option").first).to_be_visible()


def test_what_was_found_in_a_tab_opens(page: Page) -> None:
    page.add_init_script("localStorage.setItem('outputs', 'tabs')")
    page.goto("basics/autograd/?h=traceback#a-second-backward")
    page.locator(".tabbed-block mark", has_text="Traceback").first.wait_for()


def test_what_was_found_in_a_solution_opens(page: Page) -> None:
    page.goto("basics/build-model/?h=smallnetwork+128#exercise")
    page.locator("details[open] mark", has_text="SmallNetwork").first.wait_for()
    assert page.locator("details:not([open])").count()
