"""The hook in ``theme/titles.py``: titles say their languages wherever they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from titles import slim_labels

from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

HOOK = ROOT / "theme" / "titles.py"
SITE = f"""
site_name: 과정 & 실습 · Course & Labs
theme: {{name: material, font: false}}
hooks: [{HOOK.as_posix()}]
nav:
  - 홈 · Home: index.md
  - 기초 · Basics:
      - 1. 첫 걸음 · Steps & Words: first.md
      - Names: names.md
      - english.md
      - 밖 · Elsewhere: https://example.org
"""


ENGLISH = """---
lang: en
---

# Words & Code

## `run`
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that MkDocs has built."""
    root = tmp_path_factory.mktemp("titles")
    (root / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    (root / "docs").mkdir()
    for name in ("index", "first", "names"):
        (root / "docs" / f"{name}.md").write_text("# Title\n", encoding="utf-8")
    (root / "docs" / "english.md").write_text(ENGLISH, encoding="utf-8")
    build(root)
    return root / "site"


@pytest.fixture(scope="module")
def page(site: Path) -> BeautifulSoup:
    """The page ``first.md``."""
    return read(site, "first")


def read(site: Path, name: str) -> BeautifulSoup:
    text = (site / name / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def said(element: Tag | None) -> list[tuple[str, str]]:
    """What an element says, and in which language."""
    assert element is not None
    return [(str(span["lang"]), span.get_text()) for span in element.select("span.bitext")]


def test_the_navigation(page: BeautifulSoup) -> None:
    links = page.select(".md-nav--primary a.md-nav__link .md-ellipsis, [data-md-level='1'] > label")
    assert [said(link) for link in links] == [
        [("ko", "홈"), ("en", "Home")],
        [("ko", "기초"), ("en", "Basics")],
        [("ko", "첫 걸음"), ("en", "Steps & Words")],
        [],
        [],
        [("ko", "밖"), ("en", "Elsewhere")],
    ]
    assert links[2].get_text(strip=True).startswith("1.")
    assert links[3].get_text(strip=True) == "Names"


def test_the_header(page: BeautifulSoup) -> None:
    site, topic = page.select(".md-header__topic")
    assert said(site) == [("ko", "과정 & 실습"), ("en", "Course & Labs")]
    assert said(topic) == [("ko", "첫 걸음"), ("en", "Steps & Words")]
    assert said(page.select_one("label[for=__drawer].md-nav__title")) == said(site)


def test_the_header_of_the_page_for_unknown_addresses(site: Path) -> None:
    lost = BeautifulSoup((site / "404.html").read_text(encoding="utf-8"), "html.parser")
    name = lost.select_one(".md-header__topic .md-ellipsis")
    assert said(name) == [("ko", "과정 & 실습"), ("en", "Course & Labs")]


def test_the_plain_title_stays_plain(page: BeautifulSoup) -> None:
    assert page.title is not None
    assert page.title.string == "1. 첫 걸음 · Steps & Words - 과정 & 실습 · Course & Labs"
    assert page.select_one(".md-logo[aria-label='과정 & 실습 · Course & Labs']")


def test_a_page_in_one_language_says_so_wherever_it_is_named(site: Path) -> None:
    inside, outside = read(site, "english"), read(site, "first")
    places = (
        (outside, ".md-nav--primary a[href='../english/']", "Words & Code"),
        (inside, ".md-header__topic:last-child", "Words & Code"),
        (inside, ".md-nav--secondary a[href='#run']", "run"),
    )
    for page, place, words in places:
        named = page.select_one(f"{place} span[lang=en]")
        assert named, place
        assert named.get_text(strip=True) == words
        assert not said(named)
    assert not outside.select(".md-header__topic > span > span[lang=en]:not(.bitext)")


def entry(title: str, kind: str = "md-nav__link") -> str:
    icon = '<span class="md-nav__icon md-icon"></span>'
    return f'<a class="{kind}">\n  {title}\n  {icon}</a>'


def span(kind: str, title: str) -> str:
    return f'<span class="{kind}">{title}</span>'


FIRST = '0. <span class="bitext" lang="ko">가</span>'
SECOND = '<span class="bitext" lang="en">A <code>b</code></span>'
TITLE = FIRST + span("bitext-dot", " · ") + SECOND
SLIM = f"{FIRST} {SECOND}"
ALONE = '<span lang="en">A</span>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (span("md-ellipsis", "\n Title\n"), span("md-ellipsis", "Title")),
        (span("md-ellipsis", TITLE), span("md-ellipsis", SLIM)),
        (
            span("md-ellipsis", "\n " + span("md-typeset", f"\n {TITLE}\n ") + "\n"),
            span("md-ellipsis md-typeset", SLIM),
        ),
        (
            span("md-ellipsis", span("md-typeset", ALONE)),
            span("md-ellipsis md-typeset", ALONE),
        ),
    ],
)
def test_entries_of_the_navigation_have_few_elements(before: str, after: str) -> None:
    assert slim_labels(entry(before)) == entry(after)
    assert slim_labels(entry(before, "other")) == entry(before, "other")
