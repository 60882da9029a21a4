"""The HTML of pages, kept between the builds of a server: only what has changed is rendered again.

Of a page that is not rendered, a build takes what it had rendered before. That holds as long as its
text and the settings are the same, what codeout knows of it is, and all files that were opened for
it: pages that it includes, a glossary, templates. Events of other plugins are as in every build.
"""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.fs.digest import digest
from codeout.fs.opened import opened_files
from codeout.fs.state import state_of
from codeout.integrations.mkdocs.kept_output import KeptOutput
from codeout.site.compiled import CompiledTemplates
from codeout.site.shown_modules import shown_modules
from codeout.site.state import state_of as state_of_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from codeout.site.pages import SitePages

_RENDERED: Final[Sequence[str]] = (
    "content",
    "meta",
    "toc",
    "_title_from_render",
    "present_anchor_ids",
)
_LINKS: Final = "links_to_anchors"
_OBJECTS: Final = {"plugins", "theme", "hooks"}  # what they do to a text is in it already


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page as it was rendered.

    Attributes:
        key: What decided its HTML, besides files.
        states: The states of the files that were opened meanwhile.
        table: The state of the table of all pages, if it shows that.
        values: The attributes that rendering sets.
        links: The anchors that it links to, by the source of the page that has them.
    """

    key: Sequence[str]
    states: Mapping[str, str]
    table: str
    values: Mapping[str, Any]
    links: Mapping[str, dict[str, str]]


class KeptHtml:
    """The HTML of the pages of a site, from one build to the next.

    Attributes:
        templates: The templates of the site, compiled.
        output: What they have given.
    """

    def __init__(self, pages: SitePages) -> None:
        self.templates = CompiledTemplates()
        self.output = KeptOutput()
        self._kept: dict[str, _Kept] = {}
        self.start(pages)

    def start(self, pages: SitePages) -> None:
        """Begin a build."""
        self._pages = pages
        self._surroundings = ""

    def attach(self, page: Page) -> None:
        """Let a page be rendered only if something has changed; others may have taken this over."""
        if "render" not in vars(page):
            page.render = partial(self._render, page)  # type: ignore[method-assign]

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        source = page.file.src_uri
        self._surroundings = self._surroundings or _surroundings(config, files)
        key = (self._surroundings, page.markdown or "", repr(page.meta), self._state(page))
        kept = self._kept.get(source)
        if kept and kept.key == key and self._holds(kept):
            _restore(page, kept, files)
            return
        self._kept.pop(source, None)
        messages, tables = _Messages(), len(self._pages.tables)
        logger = logging.getLogger(type(config).__module__.partition(".")[0])
        logger.addHandler(messages)
        try:
            with opened_files() as states:
                type(page).render(page, config, files)
        finally:
            logger.removeHandler(messages)
        if not messages.any:
            config_of_pages = self._pages.project.config
            lock = str(config_of_pages.root / config_of_pages.lock)
            states.pop(lock, None)  # what it says of the page is in the key
            table = self._pages.state_of_table if len(self._pages.tables) > tables else ""
            self._kept[source] = _kept(page, key, states, table)

    def _holds(self, kept: _Kept) -> bool:
        """Whether what a page shows besides its own text is as it was."""
        if kept.table and kept.table != self._pages.state_of_table:
            return False
        return all(state_of(path) == state for path, state in kept.states.items())

    def _state(self, page: Page) -> str:
        """What codeout knows of what a page shows: itself, and modules."""
        file = Path(page.file.abs_src_path or "")
        known = (self._pages.find(file), *shown_modules(self._pages, page.markdown or ""))
        return state_of_pages(filter(None, known), self._pages.project.config.layout)


class _Messages(logging.Handler):
    """Notes whether something is said; then it has to be said in every build."""

    any = False

    def emit(self, record: logging.LogRecord) -> None:
        self.any = self.any or record.levelno > logging.DEBUG


def _surroundings(config: MkDocsConfig, files: Files) -> str:
    """What all pages depend on: the settings, the files of the site, and its own templates."""
    settings = {name: value for name, value in config.items() if name not in _OBJECTS}
    sources = [(file.src_uri, file.dest_uri, file.inclusion) for file in files]
    own = Path(config.theme.custom_dir or config.theme.dirs[0])
    templates = {str(file): state_of(str(file)) for file in own.rglob("*.html")}
    return digest(repr((settings, config.theme.dirs, sources, sorted(templates.items()))))


def _kept(page: Page, key: Sequence[str], states: Mapping[str, str], table: str) -> _Kept:
    values = {name: vars(page)[name] for name in _RENDERED if name in vars(page)}
    links = vars(page).get(_LINKS) or {}
    by_source = {file.src_uri: anchors for file, anchors in links.items()}
    return _Kept(key, dict(states), table, deepcopy(values), by_source)


def _restore(page: Page, kept: _Kept, files: Files) -> None:
    vars(page).update(deepcopy(dict(kept.values)))
    links = {files.get_file_from_path(source): found for source, found in kept.links.items()}
    vars(page)[_LINKS] = {file: found for file, found in links.items() if file}
