"""Shows the Korean of a heading before its English, as in the text below.

A heading is in English with its Korean as ``data-ko``, or has both on its line. The table of
contents shows both; the ID of a heading is made from the English alone.
"""

from __future__ import annotations

import html
import re
from copy import deepcopy
from typing import TYPE_CHECKING

from markdown.extensions.toc import render_inner_html, strip_tags

from bitext.inline import hangul_words
from bitext.inline_pairs import InlinePair, find_inline_pair, set_content, split_number
from bitext.model import Kind
from bitext.tree import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    import markdown

    from bitext.inline_pairs import Piece


class Headings:
    """The headings of a page.

    Args:
        md: The instance that renders the page.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        self.md = md
        self._found: list[tuple[Element, Sequence[Element]]] = []

    def detach_korean(self, root: Element) -> None:
        """Leave only the English in each heading, from which ``toc`` makes the ID."""
        self._found = []
        for element in root.iter():
            if kind_of(element) is Kind.HEADING and (found := self._find_pair(element)):
                spans = found.to_spans()
                set_content(element, [found.number, *spans])
                if "toc" in self.md.treeprocessors and "data-toc-label" not in element.attrib:
                    element.set("data-toc-label", self._plain(element))
                set_content(element, [found.number, spans[2]])
                self._found.append((element, spans))

    def restore_korean(self) -> None:
        """Put the Korean back before the English, which ``toc`` may have moved into a link."""
        for element, spans in self._found:
            owner = next(each for each in element.iter() if {*each} & {*spans})
            at = next(at for at, child in enumerate(owner) if child in spans)
            english, tail = owner[at], owner[at].tail
            english.tail = None
            owner[at : at + 1] = spans
            spans[-1].tail = tail

    def _find_pair(self, element: Element) -> InlinePair | None:
        """Find both halves of a heading, the Korean first; None if it has only one."""
        korean = element.get("data-ko", "").strip()
        if not hangul_words(korean):
            found = find_inline_pair(element, self.md)
            return found.in_korean_order() if found else None
        del element.attrib["data-ko"]
        number, english = split_number(element)
        first = [*self._restore_code(korean, element.iter("code"))]
        return InlinePair(number, first, english, korean_first=True)

    def _restore_code(self, korean: str, codes: Iterator[Element]) -> Iterator[Piece]:
        """Yield the Korean, with each word as code that is code in the English."""
        known = {html.unescape(self._plain(code)): code for code in codes}
        names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True) if name)
        if not names:
            yield korean
            return
        for piece in re.split(rf"(?<![A-Za-z0-9_])({names})(?![A-Za-z0-9_])", korean):
            yield deepcopy(known[piece]) if piece in known else piece

    def _plain(self, element: Element) -> str:
        """The text of an element, with HTML entities."""
        return str(strip_tags(render_inner_html(element, self.md)))
