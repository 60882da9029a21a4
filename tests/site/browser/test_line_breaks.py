"""Lines break between words, in both languages, not inside of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

LETTERS = """
const box = (text, at) => {
  const range = document.createRange()
  range.setStart(text, at)
  range.setEnd(text, at + 1)
  return range.getBoundingClientRect()
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
  {LETTERS}
  return cells.flatMap(textsIn).flatMap(text =>
    [...text.data.matchAll(/[^\s\/-]+/g)].map(({{ 0: word, index }}) =>
      [word, box(text, index + word.length - 1).top - box(text, index).top > 4]))
}}"""
STRANDED = rf"""paragraphs => paragraphs.flatMap(paragraph => {{
  {LETTERS}
  const stranded = []
  let bottom = Infinity // of the character before, if it is no blank
  for (const text of textsIn(paragraph)) {{
    for (let index = 0; index < text.data.length; index++) {{
      const {{ top, bottom: end, width }} = box(text, index)
      if (/[가-힣]/.test(text.data[index]) && top >= bottom)
        stranded.push(text.data.slice(index, index + 8))
      bottom = /\s/.test(text.data[index]) ? Infinity : width ? end - 4 : bottom
    }}
  }}
  return stranded
}})"""
"""What begins a line although no blank stands before it."""


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("mode", ["ko", "en"])
@pytest.mark.parametrize("address", ["verification/", "basics/save-and-load/", "basics/"])
def test_no_word_of_a_table_is_broken(page: Page, address: str, mode: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}?lang={mode}")
    words = page.locator("article table:visible :is(th, td)").evaluate_all(WORDS)
    assert len(words) > 20
    assert not [word for word, is_broken in words if is_broken]


@pytest.mark.parametrize("address", ["basics/tensors/", "labs/fashion-mnist/", "verification/"])
def test_a_particle_stays_with_its_word(page: Page, address: str) -> None:
    """Browsers break lines after a bracket, and after code that ends with one."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}?lang=ko")
    text = page.locator("article p.bitext[lang=ko]:visible, article li.bitext[lang=ko]:visible")
    assert text.count() > 2
    assert text.evaluate_all(STRANDED) == []
