"""Notes in the tree of a page in place of the marks, and frames in place of links to figures."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

from codeout.site.folded import is_tag
from codeout.site.notes import split_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SHORT: Final = re.compile(
    r'<(?P<tag>p|pre|summary) class="codeout-[^<>]*>(?P<text>.*?)</(?P=tag)>', re.DOTALL
)
_TAG: Final = re.compile(r"<[^<>]*>")


def add_banners(tree: nodes.document, name: str, banner: Callable[[str], str]) -> None:
    """Add a banner to each page of a tree that has one, below its title.

    Args:
        tree: A page, or a page with those below it.
        name: Its name.
        banner: Returns the HTML of the banner of a page by its name, empty for none.
    """
    below = {part["docname"]: part for part in tree.findall(addnodes.start_of_file)}
    for page, part in {name: tree, **below}.items():
        if html := banner(page):
            title = next(iter(part.findall(nodes.title)), None)
            place, at = (title.parent, title.parent.index(title) + 1) if title else (part, 0)
            note = nodes.raw("", html, format="html", classes=["codeout-note", "no-search"])
            place.insert(at, note)


def replace_notes(
    tree: nodes.document, note: Callable[[Path, str], str], *, html: bool = True
) -> None:
    """Replace the marks of a page by notes.

    Args:
        tree: The page; it may hold others.
        note: Returns HTML of a page with its marks replaced; is given its file and the HTML.
        html: Whether the site is HTML. Other formats have the words of short notes alone, and
            printed text with colours without these.
    """
    for raw in [*tree.findall(nodes.raw)]:
        if "html" not in raw["format"].split():
            continue
        file, text = Path(raw.source or tree["source"]), raw.astext()
        pieces = split_marks(text)
        if len(pieces) > 1 or (not html and _SHORT.search(text)):
            found = [note(file, each) if at % 2 else each for at, each in enumerate(pieces)]
            raw.replace_self([*(_as_html(found) if html else _as_words(found))])


def replace_links(tree: nodes.document, frame: Callable[[str, str], str]) -> None:
    """Replace the links to interactive figures by frames.

    Args:
        tree: The page.
        frame: Returns the HTML of a frame, empty for none; is given the name of the page that has
            a link, and its target.
    """
    for link in [*tree.findall(addnodes.download_reference)]:
        if html := frame(link["refdoc"], link["reftarget"]):
            link.replace_self(nodes.raw("", html, format="html"))


def _as_html(pieces: Sequence[str]) -> Iterator[nodes.Node]:
    """Yield notes, which are every other piece, and the HTML between them as it was."""
    for at, html in enumerate(pieces):
        classes = ["codeout-note", "no-search"] if at % 2 and not is_tag(html) else []
        if html.strip():
            yield nodes.raw("", html, format="html", classes=classes)


def _as_words(pieces: Sequence[str]) -> Iterator[nodes.Node]:
    """Yield what can be shown of them without HTML."""
    for found in _SHORT.finditer("".join(pieces)):
        words = unescape(_TAG.sub("", found["text"]))
        if found["tag"] == "pre":
            yield nodes.literal_block(words, words, language="text")
        else:
            yield nodes.paragraph("", "", nodes.strong("", words))
