"""The Markdown extension: it marks the languages of pairs, and changes nothing else.

``tests/bitext/marked/`` has a folder for each case: a ``page.md``, and its ``expected.html``.

``CODEOUT_ACCEPT=1 pytest tests/bitext/test_extension.py`` writes the HTML into the expectations.
Read each one before you commit it: it must be right, not merely what happens.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from bitext import Block, Kind, pair
from bitext.inline import hangul_words, split_halves, split_heading
from bitext.parser import read_blocks
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bitext.test_parser import BILINGUAL
from tests.support.documents import documents
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MARKED = ROOT / "tests" / "bitext" / "marked"
CASES = sorted(MARKED.glob("*/page.md"))
PAGES = [
    *CASES,
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "tests" / "bitext" / "cases").glob("*/page.md")),
]
EXTENSIONS = [
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
]
CONFIGS: dict[str, Any] = {"pymdownx.tabbed": {"alternate_style": True}}
ACCEPT = os.environ.get("CODEOUT_ACCEPT") == "1"
TWICE = st.sampled_from(
    [
        '# A { data-ko="가" }',
        "## 2. `a` · 가",
        "[^1]: 가 · a",
        '??? note "가 · a"',
        "| 가 · a | b |\n| - | - |",
    ]
)
PIECES = st.lists(st.one_of(BILINGUAL, TWICE), max_size=4).map("\n\n".join)
generated = settings(deadline=None, max_examples=60)


def renderer(*more: Any, **configs: Any) -> markdown.Markdown:
    return markdown.Markdown(extensions=[*EXTENSIONS, *more], extension_configs=CONFIGS | configs)


MARKED, PLAIN = renderer("bitext"), renderer()


def convert(md: markdown.Markdown, source: str) -> str:
    return str(md.reset().convert(source))


@lru_cache(maxsize=2 * len(PAGES))
def marked(source: str) -> str:
    """A page with its marks: two tests look at the same."""
    return convert(MARKED, source)


@pytest.mark.parametrize("page", CASES, ids=lambda page: page.parent.name)
def test_pages_become_what_is_expected(page: Path) -> None:
    found = convert(MARKED, page.read_text(encoding="utf-8")) + "\n"
    expected = page.with_name("expected.html")
    if ACCEPT:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_the_pairs_of_a_page_are_those_that_the_check_finds(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    pairs = [each for each in pair(read_blocks(source)).pairs if each.english.kind is Kind.QUOTE]
    soup = BeautifulSoup(marked(source), "html.parser")
    quotes = soup.select("blockquote.bitext[lang=en]")
    assert len(quotes) == len(pairs)
    for quote in quotes:
        korean = quote.find_previous_sibling()
        assert korean is not None
        (korean,) = korean.select("& > [lang=ko].bitext") or [korean]  # it may stand below code
        assert korean["lang"] == "ko"
        assert "bitext" in korean["class"]
        assert hangul_words(korean.get_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_pages_of_ours_say_what_they_said_and_the_korean_of_headings(page: Path) -> None:
    check_nothing_is_lost(page.read_text(encoding="utf-8"))


@generated
@given(PIECES)
def test_nothing_is_lost(source: str) -> None:
    check_nothing_is_lost(source)


def check_nothing_is_lost(source: str) -> None:
    """Without the marks, and without the Korean of headings, a page is what it was.

    A heading that has both on its line may have changed their order: the Korean comes first.
    """
    soup = BeautifulSoup(marked(source), "html.parser")
    plain = BeautifulSoup(convert(PLAIN, source), "html.parser")
    for heading in plain.select("[data-ko]"):
        if hangul_words(str(heading["data-ko"])):
            (korean,) = soup.select(f"[id='{heading['id']}'] > span.bitext[lang=ko]")
            assert korean.get_text() == unescape(str(heading["data-ko"]))
            korean.find_next_sibling(class_="bitext-dot").decompose()
            korean.decompose()
    headings = ["h1", "h2", "h3", "h4", "h5", "h6"]
    for ours, theirs in zip(soup(headings), plain(headings), strict=True):
        assert sorted(words(ours)) == sorted(words(theirs))
        ours.clear()
        theirs.clear()
    assert words(soup) == words(plain)


def words(soup: Tag) -> list[str]:
    return soup.get_text(" ").split()


@generated
@given(st.one_of(documents().map(lambda data: data.decode("utf-8", "replace")), st.text()))
def test_a_page_without_pairs_is_untouched(source: str) -> None:
    if not says_anything_twice(read_blocks(source)):
        assert convert(MARKED, source) == convert(PLAIN, source)


@pytest.mark.parametrize(
    "source", ["# A { data-ko='A' }\n\nText\n\n> quote", "글\n\n글 · 말", "a · b"]
)
def test_what_is_said_once_is_untouched(source: str) -> None:
    assert convert(MARKED, source) == convert(PLAIN, source)


def says_anything_twice(blocks: tuple[Block, ...]) -> bool:
    """Whether a page has pairs, or lines that may say both."""
    texts = [
        leaf.text for block in blocks for leaf in block.leaves if leaf.kind is not Kind.PARAGRAPH
    ]
    twice = (
        split_halves(cell) or split_heading(cell)[1] for text in texts for cell in text.split("\t")
    )
    return bool(pair(blocks).pairs) or any(twice)


def test_the_table_of_contents_names_both_and_addresses_come_from_the_english() -> None:
    source = (ROOT / "tests" / "bitext" / "marked" / "headings" / "page.md").read_text(
        encoding="utf-8"
    )
    md = renderer("bitext")
    contents = BeautifulSoup(f"{convert(md, source)}{md.toc}", "html.parser").select(".toc a")
    assert [(link["href"], link.get_text()) for link in contents] == [
        ("#8-save-and-load", "8. 저장하고 불러오기 · Save and Load"),
        ("#raises", "raises=: 예외 · raises="),
        ("#datasets-dataloaders", "데이터셋 & 데이터로더 · Datasets & DataLoaders"),
        ("#pytorch", "PyTorch"),
        ("#english-only", "English Only"),
        ("#data", "데이터 · Data"),
        ("#2-model", "2. 모델 · Model"),
        ("#named", "Short"),
        ("#underlined", "밑줄 · Underlined"),
        ("#data_1", "Data"),
    ]


@pytest.mark.parametrize("setting", ["permalink", "permalink_leading", "anchorlink"])
def test_the_link_of_a_heading_stays_where_it_is(setting: str) -> None:
    config = {setting: True} | ({"permalink": True} if "leading" in setting else {})
    source = '# 2. `a` & *b* { data-ko="가 a" }'
    marked = convert(renderer("bitext", toc=config), source)
    unmarked = re.sub(
        '<span class="bitext" lang="ko">.*?</span><span class="bitext-dot"> · </span>', "", marked
    )
    unmarked = re.sub('<span class="bitext" lang="en">(.*?)</span>', r"\1", unmarked)
    assert '<span class="bitext" lang="ko">가 <code>a</code></span>' in marked
    assert unmarked == convert(renderer(toc=config), source).replace(' data-ko="가 a"', "")


def test_it_works_without_toc() -> None:
    md = markdown.Markdown(extensions=["attr_list", "bitext"])
    assert md.convert('# A { data-ko="가" }') == (
        '<h1><span class="bitext" lang="ko">가</span><span class="bitext-dot"> · </span>'
        '<span class="bitext" lang="en">A</span></h1>'
    )
