"""What learners type, and what the search answers: the queries are in ``queries.toml``."""

from __future__ import annotations

import gzip
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bitext.korean import stem

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.site.browser.built import Site

FIRST = 5  # pages that count for recall
SHOWN = 3  # pages that count for precision
SECTIONS = 3  # of a page, those that count for recall
RECALL, PRECISION = 0.95, 0.85
REFERENCE = "glossary/"  # has something to say to nearly every query, and is no answer to it
WORKER = Path(__file__).with_name("worker.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Query:
    """What somebody types, where it must lead, and which other pages answer it as well."""

    text: str
    finds: str
    also: tuple[str, ...] = ()

    def right(self) -> set[str]:
        """The pages that answer."""
        return {self.finds.partition("#")[0], *self.also}


QUERIES = [
    Query(**{"also": (), **table})
    for table in tomllib.loads(
        Path(__file__).with_name("queries.toml").read_text(encoding="utf-8")
    )["query"]
]
Answer = list[list[str]]  # for each page that is found, the addresses of its sections


@pytest.fixture
def ask(page: Page) -> Any:
    """Ask the worker of the page: a function from queries to answers."""
    page.goto("basics/")
    page.add_script_tag(content=WORKER)
    return lambda texts: page.evaluate("texts => answers(texts)", texts)


def test_learners_find_what_they_look_for(ask: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Recall: queries whose page is among the first five, and their section among its first three.

    Precision: of the three pages shown first, those that answer the query; the mean of all queries.
    """
    answers: list[Answer] = ask([query.text for query in QUERIES])
    pairs = list(zip(QUERIES, answers, strict=True))
    missed = [query.text for query, answer in pairs if not found(query, answer)]
    recall = 1 - len(missed) / len(pairs)
    precision = sum(share(query, answer) for query, answer in pairs) / len(pairs)
    told = f"{len(pairs)} queries: recall {recall:.3f}, precision {precision:.3f}; missed: {missed}"
    with capsys.disabled():
        print(f"\n{told}")  # noqa: T201
    assert recall >= RECALL, told
    assert precision >= PRECISION, told


def found(query: Query, answer: Answer) -> bool:
    page, _, section = query.finds.partition("#")
    for sections in lessons(answer)[:FIRST]:
        if page == page_of(sections):
            return not section or query.finds in sections[:SECTIONS]
    return False


def share(query: Query, answer: Answer) -> float:
    shown = [page_of(sections) for sections in lessons(answer)[:SHOWN]]
    return sum(page in query.right() for page in shown) / len(shown) if shown else 0


def lessons(answer: Answer) -> Answer:
    return [sections for sections in answer if page_of(sections) != REFERENCE]


def page_of(sections: list[str]) -> str:
    return sections[0].partition("#")[0]


def test_queries_name_pages_and_sections_that_exist(site: Site) -> None:
    for query in QUERIES:
        for address in (query.finds, *query.also):
            page, _, section = address.partition("#")
            text = (site.folder / page / "index.html").read_text(encoding="utf-8")
            assert f'id="{section}"' in text or not section, address


@pytest.mark.parametrize("text", ["텐서를 NumPy로", "변화도가", "torch.save"])
def test_a_reader_types(page: Page, text: str) -> None:
    """In the field itself, letters that the keyboard of this test does not have included."""
    wanted = {
        "텐서를 NumPy로": "basics/tensors/",
        "변화도가": "autograd/",
        "torch.save": "save-and-load/",
    }
    page.goto("basics/")
    page.keyboard.press("f")
    with page.expect_response("**/search/whole.json"):
        page.keyboard.insert_text(text)
        page.keyboard.press("End")
    links = page.locator(".md-search-result__link")
    links.locator(f"xpath=self::*[contains(@href, '{wanted[text]}')]").first.wait_for()
    assert page.locator(".md-search-result mark").first.is_visible()


def test_a_page_loads_little_of_the_index(site: Site) -> None:
    index = (site.folder / "search" / "search_index.json").read_bytes()
    assert len(gzip.compress(index, 6)) < 70_000


def test_operators_are_left_to_lunr_and_no_words_find_nothing(ask: Any) -> None:
    operators, *empty = ask(["+DataLoader -num_workers", "", "?!", "  "])
    assert operators
    assert empty == [[], [], []]


def test_plain_search_goes_on_whatever_comes(browser: Browser, site: Site) -> None:
    """Messages that nobody knows are Material's to refuse; the next query is answered."""
    page = browser.new_page()
    page.goto(f"{site.url}basics/")
    page.add_script_tag(content=WORKER)
    assert page.evaluate("texts => answers(texts)", [{"type": 99}, None, 7, "텐서"])[0]
    page.close()


def test_plain_search_goes_on_without_korean(page: Page) -> None:
    """An index as Material writes it is searched as Material does."""
    page.route("**/search/search_index.json", lambda route: route.fulfill(json=PLAIN))
    page.goto("basics/")
    page.add_script_tag(content=WORKER)
    assert page.evaluate("texts => answers(texts, 1)", ["모델"]) == [[["there/"]]]
    assert page.evaluate("texts => answers(texts, 1)", ["모델을"]) == [[]]


PLAIN = {
    "config": {"lang": ["en"], "separator": "[\\s]+", "pipeline": [], "fields": {"text": {}}},
    "docs": [{"location": "there/", "title": "", "text": "모델"}],
}


def test_the_browser_cuts_words_as_python_does(page: Page, site: Site) -> None:
    page.goto("basics/")
    page.add_script_tag(url=f"{site.url}assets/javascripts/workers/wording.js")
    words, browser, data = page.evaluate(
        """async () => {
          const index = await (await fetch("../search/whole.json")).json()
          const wording = new Wording(index)
          const korean = wording.known.filter((word) => /[가-힣]/.test(word))
          const words = korean.filter((word) => !wording.same.has(word))
          return [words, words.map((word) => wording.stem(word)), index.config.korean]
        }"""
    )
    assert len(words) > 1000
    whole, short = frozenset(data["whole"]), frozenset(data["short"])
    assert browser == [stem(word, whole, short) for word in words]


def test_of_a_pasted_page_the_beginning_is_searched(ask: Any) -> None:
    """Each of these kept the worker busy for minutes, and whoever typed next waited."""
    words = " ".join(f"모델{chr(0xAC00 + at)}" for at in range(2000))
    found = ask(["텐서", "모델저장" * 2500, words, "텐서 " + "a b c d " * 1000, "텐서"])
    assert found[-1] == found[0] != []


def test_what_was_found_in_a_tab_opens(page: Page) -> None:
    page.goto("basics/autograd/?h=traceback#a-second-backward")
    page.locator(".tabbed-block mark", has_text="Traceback").first.wait_for()


def test_what_was_found_in_a_solution_opens(page: Page) -> None:
    page.goto("basics/build-model/?h=smallnetwork+128#exercise")
    page.locator("details[open] mark", has_text="SmallNetwork").first.wait_for()
    assert page.locator("details:not([open])").count()
