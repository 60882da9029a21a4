"""The Python-Markdown extension: notes under the outputs of a page, and no site with a stale one.

It needs no plugin, so it works under every generator that uses Python-Markdown and says which page
it renders. Elsewhere it changes nothing.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from codeout.errors import CodeoutError
from codeout.integrations.kept_highlight import keep_highlighted
from codeout.integrations.raw_html import drop_comments, unwrap_html
from codeout.integrations.renderers import Generator, rendering_of
from codeout.site.cells import mark_cells
from codeout.site.known_page import STALE, stale_mode
from codeout.site.notebook import read_notebook
from codeout.site.notebook_page import notebook_of, with_notebook
from codeout.site.page_html import banner, fill, solution
from codeout.site.pages import SitePages
from codeout.site.provenance import warning
from codeout.site.shown_modules import shown_modules

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from codeout.integrations.renderers import Rendering
    from codeout.site.known_page import KnownPage
    from codeout.site.notebook import ShownNotebook

_BEFORE_ALL: Final = 1000
_AFTER_ALL: Final = -1000
_BUILDS: Final[dict[Path, SitePages]] = {}
_LOG: Final = logging.getLogger("mkdocs.plugins.codeout")


def begin_build(pages: SitePages) -> None:
    """Let the pages of a site be read once until the build ends, not once for each page."""
    _BUILDS[pages.site.root] = pages


def end_build(root: Path) -> None:
    """End a build that may have begun; see ``begin_build``."""
    _BUILDS.pop(root, None)


class StalePageError(CodeoutError):
    """A page of the site is stale."""


class CodeoutExtension(Extension):  # type: ignore[misc]  # Python-Markdown comes without types
    """The extension, listed as ``codeout.markdown`` under ``markdown_extensions``."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name in Python-Markdown
        """Register the processors."""
        marking = _Mark(md)
        md.preprocessors.register(marking, "codeout-marks", _BEFORE_ALL)
        md.treeprocessors.register(_Arrange(md, marking), "codeout-tree", _AFTER_ALL)
        md.postprocessors.register(_Fill(md, marking), "codeout-notes", _AFTER_ALL)


def makeExtension(**settings: Any) -> CodeoutExtension:  # noqa: N802  # likewise
    """Make the extension; Python-Markdown calls this."""
    return CodeoutExtension(**settings)


class _Mark(Preprocessor):  # type: ignore[misc]  # as above
    """Marks the outputs of a page, and looks whether it is stale."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.rendering: Rendering | None = None
        self.pages: SitePages | None = None
        self.known: KnownPage | None = None
        self.modules: tuple[KnownPage, ...] = ()
        self.notebook: ShownNotebook | None = None
        self.whole = False  # not while postprocessors are called for a heading

    def run(self, lines: list[str]) -> list[str]:
        self.rendering = rendering_of(self.md)
        self.pages = self.known = self.notebook = None
        self.modules = ()
        self.whole = False
        if self.rendering is None:
            return lines
        self.pages = _BUILDS.get(self.rendering.site.root)
        if self.pages:
            keep_highlighted(self.md)
        else:
            self.pages = SitePages.open(self.rendering.site)
        self.known = self.pages.find(self.rendering.file)
        self.rendering.meta.update(self.pages.meta(self.rendering.file, self.known))
        text = "\n".join(lines)
        self.modules = tuple(shown_modules(self.pages, text))
        for shown in (self.known, *self.modules):
            if shown and not shown.status.fresh:
                report(self.rendering.generator, self.pages, shown)
        if notebook := notebook_of(self.rendering.file, text):
            self.notebook = read_notebook(notebook)
            text = with_notebook(text, self.notebook.markdown)
        elif self.known:
            tabs = "tabbed" in self.md.parser.blockprocessors
            text = self.known.mark(text, tabs=tabs)
        return text.split("\n")


class _Arrange(Treeprocessor):  # type: ignore[misc]  # as above
    """Marks the tabs of code and its output, removes comments, and frees outputs that are HTML."""

    def __init__(self, md: Markdown, marking: _Mark) -> None:
        super().__init__(md)
        self.marking = marking

    def run(self, root: Element) -> None:
        self.marking.whole = True
        if self.marking.known is not None:
            mark_cells(root, self.marking.known.plan.layout)
            drop_comments(root, self.md.htmlStash.rawHtmlBlocks)
            unwrap_html(root, self.md.htmlStash.rawHtmlBlocks)


class _Fill(Postprocessor):  # type: ignore[misc]  # as above
    """Replaces the marks by notes."""

    def __init__(self, md: Markdown, marking: _Mark) -> None:
        super().__init__(md)
        self.marking = marking

    def run(self, text: str) -> str:
        pages, rendering = self.marking.pages, self.marking.rendering
        if pages is None or rendering is None or not self.marking.whole:
            return text
        if notebook := self.marking.notebook:
            text = notebook.finish(text, partial(solution, pages, rendering.file, rendering.meta))
        file, known, meta = rendering.file, self.marking.known, rendering.meta
        found = (banner(pages, file, each, meta) for each in (known, *self.marking.modules))
        return next(filter(None, found), "") + fill(pages, file, known, meta, text)


def report(generator: Generator, pages: SitePages, known: KnownPage) -> None:
    """Report a stale page: a warning in MkDocs, which is an error if it builds strictly.

    Raises:
        StalePageError: The generator knows no warnings of extensions, and this ends its build: so
            it tells of all stale pages.
    """
    asked = stale_mode()
    if asked == "ignore":
        return
    if generator is Generator.MKDOCS:
        _LOG.warning("%s", warning(known.status))
    elif asked != "show":
        shown = [each for each in pages.all() if pages.source(each.plan.file)]
        stale = (warning(each.status) for each in (*shown, known) if not each.status.fresh)
        hint = f"or set {STALE}=show for a site that shows them so"
        raise StalePageError("\n".join(dict.fromkeys(stale)), hint)
