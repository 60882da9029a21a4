"""Notes in the tree of a page, in place of the marks."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes

from codeout.site.notes import is_marked

if TYPE_CHECKING:
    from collections.abc import Callable

_CLASS: Final = re.compile(r'<p class="codeout-[^<>]*>(?P<text>.*?)</p>', re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")


def replace_notes(
    tree: nodes.document, note: Callable[[Path, str], str], *, html: bool = True
) -> None:
    """Replace the marks of a page by notes.

    Args:
        tree: The page; it may hold others.
        note: Returns HTML of a page with its marks replaced; is given its file and the HTML.
        html: Whether the site is HTML; other formats have the words of short notes alone.
    """
    for mark in [*tree.findall(nodes.raw)]:
        text = mark.astext()
        if "html" not in mark["format"].split() or not is_marked(text):
            continue
        filled = note(Path(mark.source or tree["source"]), text)
        mark.replace_self(_raw(filled) if html else _paragraphs(filled))


def _raw(html: str) -> list[nodes.Node]:
    """HTML as it is; the search of the site does not find it."""
    classes = ["codeout-note", "no-search"]
    return [nodes.raw("", html, format="html", classes=classes)] if html else []


def _paragraphs(html: str) -> list[nodes.Node]:
    """The words of short notes, such as the label of an error."""
    words = (unescape(_TAG.sub("", found["text"])) for found in _CLASS.finditer(html))
    return [nodes.paragraph("", "", nodes.strong("", text)) for text in words]
