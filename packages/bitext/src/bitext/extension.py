"""The Python-Markdown extension: ``markdown_extensions: [bitext]``.

It lets readers choose their language: each half of a pair says in its ``lang`` which one it is.
Styles and scripts do the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from bitext.annotate import mark_pairs
from bitext.headings import Headings
from bitext.inline_pairs import mark_inline_pairs

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    import markdown

# Python-Markdown looks into the lines at 20, attr_list reads attributes at 8, toc runs at 5.
_BEFORE_INLINE, _BEFORE_TOC, _AFTER_TOC = 22, 5.5, 4.5


class _Step(Treeprocessor):  # type: ignore[misc]  # Python-Markdown comes without types
    def __init__(self, md: markdown.Markdown, work: Callable[[Element], None]) -> None:
        super().__init__(md)
        self._work = work

    def run(self, root: Element) -> None:
        self._work(root)


class BitextExtension(Extension):  # type: ignore[misc]  # likewise
    """Marks what a page says twice, in Korean and in English."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the name of the host
        """Add the steps that mark pairs."""
        headings = Headings(md)
        steps = {
            "bitext-pairs": (_BEFORE_INLINE, lambda root: mark_pairs(root, md)),
            "bitext-headings": (_BEFORE_TOC, headings.detach_korean),
            "bitext-lines": (_AFTER_TOC, lambda root: _finish(root, headings, md)),
        }
        for name, (priority, work) in steps.items():
            md.treeprocessors.register(_Step(md, work), name, priority)


def _finish(root: Element, headings: Headings, md: markdown.Markdown) -> None:
    headings.restore_korean()
    mark_inline_pairs(root, md)
