"""A Python-Markdown extension that links terms to the glossary where a page explains them.

At the first ``텐서(tensor)`` of a page, ``텐서`` becomes a link to its entry, titled with the
meaning, and so does ``tensor`` in the English of that text. On the glossary page itself, comments
are replaced by the entries instead: see ``bitext.glossary_page``.
"""

from __future__ import annotations

from pathlib import Path
from posixpath import dirname, relpath
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from bitext.glossary import read_glossary
from bitext.glossary_page import expand_comments
from bitext.text_runs import Run, text_runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown import Markdown

    from bitext.glossary import Glossary, Term, Use

_UNLINKED = {*(f"h{level}" for level in range(1, 7)), "pre", "figure", "figcaption"}
_UNLINKED |= {"summary", "dt", "legend", "script", "style"}
_INNER = {"p", "li", "ul", "ol", "td", "th", "tr", "thead", "tbody", "table", "dd", "dl"}
_AFTER_FENCES = 24  # SuperFences stashes fences at 25, Python-Markdown HTML at 20
_AFTER_INLINE = 6  # inline at 20; MkDocs collects anchors at 5 and resolves links at 0


class GlossaryLinksExtension(Extension):  # type: ignore[misc]
    """The extension; ``config`` lists its settings."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "glossary": ["glossary.toml", "The file of the terms"],
            "page": ["/glossary.md", "The page of the terms, as links name it"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors.

        Raises:
            GlossaryError: The glossary cannot be read, or has an error.
        """
        glossary = read_glossary(Path(self.getConfig("glossary")))
        entries = _ExpandComments(md, glossary)
        links = _LinkTerms(md, glossary, self.getConfig("page"), entries)
        md.preprocessors.register(entries, "bitext-entries", _AFTER_FENCES)
        md.treeprocessors.register(links, "bitext-terms", _AFTER_INLINE)


def makeExtension(**settings: Any) -> GlossaryLinksExtension:  # noqa: N802
    """Make the extension; Python-Markdown calls this."""
    return GlossaryLinksExtension(**settings)


class _ExpandComments(Preprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, glossary: Glossary) -> None:
        super().__init__(md)
        self.glossary = glossary
        self.expanded = False

    def run(self, lines: list[str]) -> list[str]:
        expanded = expand_comments(lines, self.glossary)
        self.expanded = expanded != lines
        return expanded


class _LinkTerms(Treeprocessor):  # type: ignore[misc]
    def __init__(
        self, md: Markdown, glossary: Glossary, page: str, entries: _ExpandComments
    ) -> None:
        super().__init__(md)
        self.glossary = glossary
        self.page = page
        self.address = page
        self.entries = entries

    def run(self, root: Element) -> None:
        if self.entries.expanded:
            return
        self.address = address_from(_source_of(self.md), self.page)
        parents = {child: parent for parent in root.iter() for child in parent}
        seen: set[Term] = set()
        for run in [*self.runs(root, {*_UNLINKED, "blockquote"})]:
            uses = [use for use in self.glossary.uses(run.text) if use.explained]
            linked = self.link(run, uses, seen)
            if linked and (quote := _quote(run.block, parents)) is not None:
                self.link_english(quote, linked)

    def runs(self, block: Element, skipped: set[str]) -> Iterable[Run]:
        found = text_runs(block, self.md.is_block_level, skipped)
        return (run for run in found if run.block.get("class") != "admonition-title")

    def link(
        self, run: Run, uses: list[Use], seen: set[Term], *, english: bool = False
    ) -> set[Term]:
        """Link the first use of each term that is not in ``seen``; return these terms."""
        new = (use for use in reversed(uses) if use.term.meaning and use.term not in seen)
        first = {use.term: use for use in new if run.can_wrap(use.start, use.end)}
        for use in sorted(first.values(), key=lambda use: -use.start):
            run.wrap(use.start, use.end, self.anchor(use.term, english=english))
        seen.update(first)
        return {*first}

    def link_english(self, quote: Element, terms: set[Term]) -> None:
        seen = set(self.glossary.terms) - terms
        for run in [*self.runs(quote, _UNLINKED)]:
            self.link(run, [*self.glossary.english_uses(run.text)], seen, english=True)

    def anchor(self, term: Term, *, english: bool) -> Element:
        """Make the link; the glossary page links back to its ``id``."""
        meaning = term.meaning_en if english else term.meaning
        attributes = {
            "class": "term",
            "href": f"{self.address}#{term.anchor}",
            "id": f"term-{term.anchor}" + ("-en" if english else ""),
            "title": meaning.replace("`", ""),
        }
        return Element("a", attributes)


def address_from(source: str, page: str) -> str:
    """How a page links to another; as it is, if it is not known which page links.

    Args:
        source: The path of the page that links, in the folder of pages; empty if not known.
        page: The other page: ``/glossary.md`` from that folder.
    """
    absolute = source and page.startswith("/")  # which not every generator resolves
    return relpath(page[1:], dirname(source) or ".") if absolute else page


def _source_of(md: Markdown) -> str:
    """The path of the page that an instance renders, in the folder of pages; empty if not known."""
    if "rendering_context" in md.preprocessors:  # Zensical
        return str(md.preprocessors["rendering_context"].page.path)
    if "relpath" in md.treeprocessors:  # MkDocs
        return str(md.treeprocessors["relpath"].file.src_uri)
    return ""


def _quote(block: Element, parents: dict[Element, Element]) -> Element | None:
    """The quote after a block, or after the list or table around it."""
    while block in parents and (block.tag in _INNER or block.get("lang")):
        siblings: list[Element] = [*parents[block]]
        following = siblings[siblings.index(block) + 1 :]
        if following and following[0].tag == "blockquote":
            return following[0]
        block = parents[block]
    return None
