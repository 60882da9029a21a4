"""The Python-Markdown extension: ``markdown_extensions: [bitext]``.

It lets readers choose their language: each half of a pair gets a ``lang`` attribute, by which style
sheets and scripts can show or hide it.
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

# Priorities: inline Markdown is parsed at 20, attr_list runs at 8, toc at 5.
_BEFORE_INLINE, _BEFORE_TOC, _AFTER_TOC = 22, 5.5, 4.5


class _Step(Treeprocessor):  # type: ignore[misc]  # Python-Markdown comes without types
    def __init__(self, md: markdown.Markdown, work: Callable[[Element], None]) -> None:
        super().__init__(md)
        self._work = work

    def run(self, root: Element) -> None:
        self._work(root)


class BitextExtension(Extension):  # type: ignore[misc]  # as above
    """Marks the Korean and the English of a page."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the name in Python-Markdown
        """Register the tree processors."""
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
