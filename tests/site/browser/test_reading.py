"""The reading modes: readers choose, and the site remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from tests.site.browser.built import Site

LESSON = "basics/tensors/"
LAB = "labs/fashion-mnist/"
MODES = {"both": {"ko", "en"}, "ko": {"ko"}, "en": {"en"}, "tap": {"ko"}}
RECORD = """
new MutationObserver((_, observer) => {
  if (!document.body) return
  window.modeAtFirstSight = document.documentElement.dataset.reading
  observer.disconnect()
}).observe(document, { childList: true, subtree: true })
"""


def shown(page: Page, language: str) -> Locator:
    """The blocks of a language that readers see."""
    blocks = ":is(p, ul, ol, div, blockquote).bitext"
    return page.locator(f"article {blocks}[lang={language}]:visible")


def choose(page: Page, mode: str) -> None:
    """Open the menu in the header, and choose."""
    page.click("[data-reading-menu] summary")
    page.check(f"[data-reading-menu] input[value={mode}]")


def told(page: Page) -> str:
    return page.locator("h1").inner_text().replace("¶", "").strip()


@pytest.mark.parametrize("address", [LESSON, LAB])
def test_each_mode_shows_its_languages(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("article .bitext[lang=ko]").count() > 20
    for mode, languages in MODES.items():
        choose(page, mode)
        for language in ("ko", "en"):
            assert (shown(page, language).count() > 0) == (language in languages), mode
        page.keyboard.press("Escape")


def test_a_page_in_english_alone_is_whole_in_every_mode(page: Page) -> None:
    page.goto("engine/command-line/")
    seen = page.locator("article :is(h2, p, li, table):visible")
    whole = seen.count()
    assert whole > 50
    for mode in MODES:
        choose(page, mode)
        assert seen.count() == whole, mode
        page.keyboard.press("Escape")
    assert page.locator("article h2").first.evaluate("e => e.closest('[lang]').lang") == "en"
    assert page.locator(".bitext-tap").count() == 0


@pytest.mark.parametrize(
    ("mode", "heading", "lesson", "label"),
    [
        ("both", "2. 텐서 · Tensors", "1. 빠른 시작 · Quickstart", "이전 · Previous"),
        ("ko", "2. 텐서", "1. 빠른 시작", "이전"),
        ("en", "2. Tensors", "1. Quickstart", "Previous"),
    ],
)
def test_titles_follow(page: Page, mode: str, heading: str, lesson: str, label: str) -> None:
    page.goto(f"{LESSON}?lang={mode}")
    assert told(page) == heading
    navigation = page.locator(".md-nav--primary")
    expect(navigation.get_by_role("link", name=lesson, exact=True)).to_be_visible()
    assert page.locator(".steps__previous").inner_text().split("\n") == [label, lesson]
    contents = page.locator(".md-sidebar--secondary").inner_text()
    assert ("Making Tensors" in contents, "텐서 만들기" in contents) == (mode != "ko", mode != "en")


NAMES = {
    "both": (
        "2. 텐서 · Tensors - PyTorch 기초 · Learn the Basics",
        "ko",
        "본문으로 건너뛰기 · Skip to content",
    ),
    "ko": ("2. 텐서 - PyTorch 기초", "ko", "본문으로 건너뛰기"),
    "en": ("2. Tensors - Learn the Basics", "en", "Skip to content"),
    "tap": ("2. 텐서 - PyTorch 기초", "ko", "본문으로 건너뛰기"),
}
LABELS = """all => all.flatMap(element => [element.title, element.ariaLabel])
    .filter(label => label?.includes(" · "))"""


@pytest.mark.parametrize("mode", NAMES)
def test_names_outside_of_the_text_follow(page: Page, mode: str) -> None:
    title, language, skip = NAMES[mode]
    page.goto(LESSON)
    choose(page, "en")  # from another mode, for each remembers what was there
    page.check(f"[data-reading-menu] input[value={mode}]")
    expect(page).to_have_title(title)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert (page.locator(".md-skip").text_content() or "").strip() == skip
    labels = page.locator("body :is([title], [aria-label])")
    page.wait_for_timeout(300)  # Material takes the titles for its tooltips, and puts them back
    assert bool(labels.evaluate_all(LABELS)) == (mode == "both")


@pytest.mark.parametrize(("mode", "name"), [("ko", "풀이"), ("en", "Solution")])
def test_solutions_of_a_lab_are_named_in_the_language_of_the_reader(
    page: Page, mode: str, name: str
) -> None:
    page.goto(f"labs/fashion-mnist/?lang={mode}")
    solutions = page.locator("details.success > summary")
    assert {text.strip() for text in solutions.all_inner_texts()} == {name}


@pytest.mark.parametrize(
    ("locale", "language", "button"),
    [("ko-KR", "ko", "한국어만"), ("en-US", "en", "English only"), ("fr", "en", "Korean too")],
)
def test_the_first_visit_asks_once(
    browser: Browser, site: Site, locale: str, language: str, button: str
) -> None:
    context = browser.new_context(base_url=site.url, locale=locale)
    page = context.new_page()
    page.goto(LESSON)
    asked = page.locator("[data-ask] p:visible")
    assert [each.get_attribute("lang") for each in asked.all()] == [language]
    page.locator("[data-ask]").get_by_role("button", name=button).click()
    expect(asked).to_have_count(0)
    chosen = "both" if button == "Korean too" else language
    expect(page.locator(f"[data-reading-menu] input[value={chosen}]")).to_be_checked()
    page.goto(LAB)
    expect(asked).to_have_count(0)
    context.close()


def test_a_link_that_carries_a_mode_does_not_ask(page: Page) -> None:
    page.goto(f"{LESSON}?lang=ko")
    expect(page.locator("[data-ask] p:visible")).to_have_count(0)


def test_a_choice_is_remembered(page: Page, context: BrowserContext) -> None:
    page.goto(LESSON)
    choose(page, "en")
    page.reload()
    assert told(page) == "2. Tensors"
    other = context.new_page()
    other.goto(LAB)
    expect(other.locator("[data-reading-menu] input[value=en]")).to_be_checked()
    choose(page, "both")
    expect(other.locator("html")).not_to_have_attribute("data-reading", "en")


def test_a_link_wins_for_this_visit_and_what_was_chosen_stays(page: Page, site: Site) -> None:
    page.goto(LESSON)
    choose(page, "ko")
    page.goto(f"{LESSON}?lang=en#making-tensors")
    assert told(page) == "2. Tensors"
    page.goto(LAB)
    assert shown(page, "ko").count() == 0
    page.goto(f"{LESSON}?lang=both")
    assert told(page) == "2. 텐서 · Tensors"
    choose(page, "tap")
    assert page.url == site.url + LESSON
    other = page.context.new_page()
    other.goto(f"{LAB}?lang=none")
    assert other.locator("html").get_attribute("data-reading") == "tap"


def test_a_choice_holds_for_the_visit_where_nothing_can_be_stored(page: Page) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    page.goto("404.html")
    choose(page, "en")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-reading", "en")


@pytest.mark.parametrize("remembered", [True, False])
def test_nothing_flashes(page: Page, remembered: bool) -> None:
    """The mode is set before there is a body that could be drawn."""
    if remembered:
        page.goto("404.html")
        page.evaluate("localStorage.setItem('reading', 'ko')")
    page.add_init_script(RECORD)
    page.goto(LESSON if remembered else f"{LESSON}?lang=ko")
    assert page.evaluate("window.modeAtFirstSight") == "ko"


def test_nothing_is_drawn_later_for_what_holds_for_a_visit(site: Site) -> None:
    """What a session has stored is asked of another process, with all else waiting."""
    assert "sessionStorage" not in (site.folder / LESSON / "index.html").read_text(encoding="utf-8")


def test_instant_navigation_keeps_the_mode(page: Page) -> None:
    page.goto(f"{LESSON}?lang=tap")
    page.evaluate("window.sameDocument = true")
    page.click(".steps__next")
    page.wait_for_url("**/basics/data/")
    expect(page.locator("h1")).to_contain_text("Datasets")
    assert page.evaluate("window.sameDocument")
    assert page.locator("article .bitext-tap:visible").count() == shown(page, "ko").count()
    page.locator("article .bitext-tap").first.click()
    assert shown(page, "en").count() == 1
    choose(page, "en")
    page.go_back()
    page.wait_for_url("**/basics/tensors/**")
    expect(page.locator("h1")).to_contain_text("Tensors")
    assert shown(page, "ko").count() == 0


def test_a_link_of_the_site_carries_a_mode(page: Page) -> None:
    page.goto("basics/")
    page.locator("article a[href$='?lang=ko']").first.click()
    page.wait_for_url("**/basics/?lang=ko")
    expect(page.locator("h1 [lang=en]")).to_be_hidden()


def test_english_on_tap_by_keyboard(page: Page) -> None:
    page.goto(f"{LESSON}?lang=tap")
    button = page.get_by_role("button", name="English").first
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    english = page.locator(f"[id='{button.get_attribute('aria-controls')}']")
    expect(english).to_be_visible()
    assert english.get_attribute("lang") == "en"
    page.keyboard.press("Enter")
    expect(english).to_be_hidden()


def test_the_menu_works_by_keyboard(page: Page) -> None:
    page.goto(LESSON)
    menu = page.locator("[data-reading-menu]")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="한국어 + English")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="한국어", exact=True)).to_be_checked()
    assert told(page) == "2. 텐서"
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    expect(menu.locator("summary")).to_be_focused()


def test_the_menu_closes_when_readers_go_elsewhere(page: Page) -> None:
    page.goto(LESSON)
    menu = page.locator("[data-reading-menu]")
    menu.locator("summary").click()
    page.mouse.click(600, 500)
    assert menu.get_attribute("open") is None


def test_the_place_that_readers_look_at_stays(page: Page) -> None:
    page.goto(f"{LESSON}#joining")
    heading = page.locator("#joining")
    page.wait_for_timeout(200)  # Material scrolls
    before = heading.bounding_box()
    choose(page, "ko")
    after = heading.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2


def test_paper_and_the_clipboard_hold_what_is_shown(page: Page) -> None:
    page.goto(f"{LESSON}?lang=tap")
    page.emulate_media(media="print")
    assert shown(page, "en").count() == page.locator(".bitext-tap:visible").count() == 0
    page.emulate_media(media="screen")
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('article'));"
        " return getSelection().toString() }"
    )
    assert "텐서(tensor)입니다" in copied
    assert "The container for these numbers" not in copied


def test_without_javascript_all_text_is_there(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{LESSON}?lang=ko")
    assert shown(page, "en").count() == shown(page, "ko").count() > 20
    assert told(page) == "2. 텐서 · Tensors"
    expect(page.locator("[data-reading-menu]")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("address", ["?lang=en#term-tensor", "?lang=ko#term-tensor-en"])
def test_a_link_into_a_hidden_language_leads_to_the_other_half(page: Page, address: str) -> None:
    page.goto(f"basics/tensors/{address}")
    page.wait_for_function("scrollY > 0")


@pytest.mark.parametrize("address", ["?h=%25#%E0%A4%A", "?h=(((#tensor", "?lang=__proto__#%"])
def test_broken_addresses_are_pages_like_others(page: Page, address: str) -> None:
    """The window would report an error that a script did not expect."""
    page.goto(f"basics/tensors/{address}")
    page.wait_for_function("document.querySelector('.figure-open, .output-more, pre > code')")
    assert page.locator("html").get_attribute("data-reading") is None


def test_no_other_window_sets_a_mode_that_there_is_not(page: Page, context: BrowserContext) -> None:
    page.goto("basics/tensors/")
    page.evaluate(
        """() => {
          window.seen = []
          const { dataset } = document.documentElement
          new MutationObserver(() => seen.push(dataset.reading))
            .observe(document.documentElement, { attributeFilter: ["data-reading"] })
        }"""
    )
    other = context.new_page()
    other.goto("basics/data/")
    for value in ("none", "en"):
        other.evaluate("value => localStorage.setItem('reading', value)", value)
    page.wait_for_function("seen.includes('en')")
    assert page.evaluate("seen") == ["en"]
