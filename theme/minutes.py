"""An MkDocs hook: how long it takes to read a lesson, on its page and on its card of the home page.

An estimate for those who read one of the languages, made from the built pages. ``finish.py`` makes
it for Zensical.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

# In a minute: 500 syllables of Korean, by which Medium counts; 238 words of English (Brysbaert
# 2019); 20 lines of code, for somebody who learns what they mean.
_SYLLABLES: Final = 500
_WORDS: Final = 238
_LINES: Final = 20
_PLACE: Final = '<p class="minutes"></p>'
# A card names a lesson with its number, or a lab as such: "2. Tensors".
_CARD: Final = re.compile(r'(<a href="(?P<url>[^"#:]+/)">(?P<name>[^<.]+\. [^<]*)</a>)(?=<br)')
_HANGUL: Final = re.compile("[가-힣]")


def on_post_build(*, config: MkDocsConfig) -> None:
    """Say in the site that MkDocs has built how long its lessons take."""
    tell_minutes(Path(config.site_dir))


def tell_minutes(site: Path) -> None:
    """Say how long the lessons of a built site take.

    Args:
        site: The folder of the site.
    """
    minutes: dict[str, int] = {}
    for page in site.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        if _PLACE in text:
            taken = minutes_of(text)
            minutes[f"{page.parent.relative_to(site).as_posix()}/"] = taken
            page.write_text(text.replace(_PLACE, _line(taken)), encoding="utf-8")
    home = site / "index.html"
    if home.is_file():
        home.write_text(_with_cards(home.read_text(encoding="utf-8"), minutes), encoding="utf-8")


@lru_cache(256)  # pages: a server of the site counts them again at each save
def minutes_of(html: str) -> int:
    """How many minutes it takes to read a page, with its code, in the slower language.

    Args:
        html: The page.
    """
    article = LexborHTMLParser(html).css("article")[0]
    code = [block.text() for block in article.css(".language-python pre > code")]
    for block in article.css("pre, nav"):
        block.decompose()
    words = sum(len(text.text().split()) for text in article.css("[lang=en]"))
    for text in article.css("[lang=en]"):
        text.decompose()
    syllables = len(_HANGUL.findall(article.text()))
    lines = sum(1 for block in code for line in block.splitlines() if line.strip())
    return ceil(max(syllables / _SYLLABLES, words / _WORDS) + lines / _LINES)


def _line(minutes: int) -> str:
    return (
        f'<p class="minutes"><span class="bitext" lang="ko">읽는 데 약 {minutes}분</span>'
        '<span class="bitext-dot"> · </span>'
        f'<span class="bitext" lang="en">About {minutes} minutes to read</span></p>'
    )


def _with_cards(home: str, minutes: Mapping[str, int]) -> str:
    """The home page, with the minutes after the name of each lesson on a card."""

    def told(match: re.Match[str]) -> str:
        taken = minutes.get(match["url"].removeprefix("./"))
        if taken is None:
            return match[0]
        words = f"약 {taken}분" if _HANGUL.search(match["name"]) else f"about {taken} min"
        return f'{match[1]} <span class="minutes">{words}</span>'

    return _CARD.sub(told, home)
