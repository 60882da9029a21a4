"""Shows the Korean of a heading beside its English.

A heading is in English and carries its Korean as ``data-ko``, or it has both on its line. The table
of contents names both, and the address of a heading comes from the English alone.
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
        md: What made them.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        self.md = md
        self._found: list[tuple[Element, Sequence[Element]]] = []

    def detach_korean(self, root: Element) -> None:
        """Leave but the English in each heading, of which ``toc`` makes its address."""
        self._found = []
        for element in root.iter():
            if kind_of(element) is Kind.HEADING and (found := self._find_pair(element)):
                spans = found.to_spans()
                set_content(element, [found.number, *spans])
                if "toc" in self.md.treeprocessors and "data-toc-label" not in element.attrib:
                    element.set("data-toc-label", self._plain(element))
                set_content(element, [found.number, spans[2 if found.korean_first else 0]])
                self._found.append((element, spans))

    def restore_korean(self) -> None:
        """Put the Korean back beside the English, wherever ``toc`` has moved that."""
        for element, spans in self._found:
            owner = next(each for each in element.iter() if {*each} & {*spans})
            at = next(at for at, child in enumerate(owner) if child in spans)
            english, tail = owner[at], owner[at].tail
            english.tail = None
            owner[at : at + 1] = spans
            spans[-1].tail = tail

    def _find_pair(self, element: Element) -> InlinePair | None:
        """Read both halves of a heading; None if it has but one."""
        korean = element.get("data-ko", "").strip()
        if not hangul_words(korean):
            return find_inline_pair(element, self.md)
        del element.attrib["data-ko"]
        number, pieces = split_number(element)
        return InlinePair(number, pieces, [*self._restore_code(korean, element.iter("code"))])

    def _restore_code(self, korean: str, codes: Iterator[Element]) -> Iterator[Piece]:
        """Set as code what is code in the English."""
        known = {html.unescape(self._plain(code)): code for code in codes}
        names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True) if name)
        if not names:
            yield korean
            return
        for piece in re.split(rf"(?<![A-Za-z0-9_])({names})(?![A-Za-z0-9_])", korean):
            yield deepcopy(known[piece]) if piece in known else piece

    def _plain(self, element: Element) -> str:
        """The text of an element, with its entities."""
        return str(strip_tags(render_inner_html(element, self.md)))
