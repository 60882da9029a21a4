"""Lines break between words, in both languages, not inside of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOP = """
const top = (text, at) => {
  const range = document.createRange()
  range.setStart(text, at)
  range.setEnd(text, at + 1)
  return range.getBoundingClientRect().top
}
const textsIn = element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode())
    if (walker.currentNode.parentElement.checkVisibility()) texts.push(walker.currentNode)
  return texts
}
"""
WORDS = rf"""cells => {{
  {TOP}
  return cells.flatMap(textsIn).flatMap(text =>
    [...text.data.matchAll(/[^\s\/-]+/g)].map(({{ 0: word, index }}) =>
      [word, top(text, index + word.length - 1) - top(text, index) > 4]))
}}"""


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("mode", ["ko", "en"])
@pytest.mark.parametrize("address", ["verification/", "basics/save-and-load/", "basics/"])
def test_no_word_of_a_table_is_broken(page: Page, address: str, mode: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}?lang={mode}")
    words = page.locator("article table:visible :is(th, td)").evaluate_all(WORDS)
    assert len(words) > 20
    assert not [word for word, is_broken in words if is_broken]
