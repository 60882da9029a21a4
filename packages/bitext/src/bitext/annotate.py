"""Marks the pairs in the element tree of a page with their languages.

Nothing else changes: a page without pairs is rendered as it would be without the extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from bitext.pairing import pair
from bitext.tree import STASH_MARK, TreeReader

if TYPE_CHECKING:
    import markdown

CLASS = "bitext"


def mark_pairs(root: Element, md: markdown.Markdown) -> None:
    """Mark the Korean and the English element of each pair.

    Args:
        root: The tree, before Python-Markdown has parsed inline Markdown.
        md: The instance that made it.
    """
    parents: dict[Element, Element] = {}
    for each in pair([*TreeReader(md).read(root)]).pairs:
        korean, english = each.korean.origin, each.english.origin
        if korean is None or english is None:
            continue  # a title has both halves on one line
        parents = parents or {child: parent for parent in root.iter() for child in parent}
        if korean.tag == "table":  # themes style only tables without a class
            korean = _wrap_in_div(korean, parents[korean])
        elif each.korean.text and STASH_MARK.search(korean.text or ""):
            korean = _wrap_text(each.korean.text, korean)
        mark_language(korean, "ko")
        mark_language(english, "en")
        if english.tag == "blockquote":
            english.set("role", "none")  # a translation is no quote to a screen reader


def mark_language(element: Element, language: str) -> None:
    """Set the language of an element."""
    element.set("class", f"{element.get('class', '')} {CLASS}".strip())
    element.set("lang", language)


def _wrap_in_div(element: Element, parent: Element) -> Element:
    around = Element("div")
    around.tail, element.tail = element.tail, None
    parent[list(parent).index(element)] = around
    around.append(element)
    return around


def _wrap_text(text: str, owner: Element) -> Element:
    """Wrap the last part of a paragraph that begins with code, and return its element."""
    before, found, after = (owner.text or "").rpartition(text)
    span = Element("span")
    span.text, span.tail = found, after
    owner.text = before
    owner.insert(0, span)
    return span
