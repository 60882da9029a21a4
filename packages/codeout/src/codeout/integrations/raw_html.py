"""Raw HTML in a page that Python-Markdown builds, while placeholders stand for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown.util import HTML_PLACEHOLDER, STX

from codeout.output.markdown import HTML, RAW
from codeout.page.directives import Note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_OPENING: Final = "<!--"
_COMMENT: Final = re.compile("<!--.*?-->", re.DOTALL)


def drop_comments(root: Element, stashed: list[object]) -> None:
    """Remove the comments that steer codeout, those with hidden blocks among them.

    Readers would find the answers of exercises in the source of a page, and a comment above a
    fence would put both into a paragraph.

    Args:
        root: The page.
        stashed: The raw HTML that the placeholders stand for; comments in it are removed there.
    """
    for at, html in enumerate(stashed):
        if isinstance(html, str) and _OPENING in html and not _is_ours(html.strip()):
            stashed[at] = _COMMENT.sub(lambda found: "" if _is_ours(found[0]) else found[0], html)
    texts = (str(html).strip() for html in stashed)
    ours = [HTML_PLACEHOLDER % at for at, text in enumerate(texts) if _is_ours(text)]
    for parent in [*root.iter()] if ours else ():
        parent.text, _ = _without(parent.text, ours)
        for child in [*parent]:
            child.tail, _ = _without(child.tail, ours)
            child.text, dropped = _without(child.text, ours)
            if dropped and child.tag == "p" and not child.text and not len(child):
                parent.remove(child)


def unwrap_html(root: Element, stashed: Sequence[object]) -> None:
    """Take outputs that are HTML out of paragraphs, which cannot hold what they are.

    Args:
        root: The page.
        stashed: The raw HTML that the placeholders stand for.
    """
    blocks = tuple(HTML_PLACEHOLDER % at for at, html in enumerate(stashed) if str(html) in HTML)
    for paragraph in root.iter("p") if blocks else ():
        if (paragraph.text or "").lstrip().startswith(blocks):
            paragraph.tag = "div"


def _is_ours(html: str) -> bool:
    is_comment = html.startswith(_OPENING)
    return html in RAW or (is_comment and Note(0, html.removeprefix(_OPENING)).steers)


def _without(text: str | None, marks: Sequence[str]) -> tuple[str | None, bool]:
    """A text without some marks, and whether it had any."""
    if text is None or STX not in text or not any(mark in text for mark in marks):
        return text, False
    for mark in marks:
        text = text.replace(mark, "")
    return text.strip(), True
