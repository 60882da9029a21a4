"""The pages of one build, and what of them Sphinx has in its cache."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

from codeout.formats import MARKDOWN
from codeout.site.downloads import write_downloads
from codeout.site.frame_files import write_frames
from codeout.site.frames import frame_of
from codeout.site.known_page import stale_mode
from codeout.site.myst import to_myst
from codeout.site.myst_outputs import mark_outputs
from codeout.site.myst_syntax import MystSyntax
from codeout.site.notebook_page import shows_notebook
from codeout.site.page_html import banner, fill
from codeout.site.pages import SitePages
from codeout.site.provenance import warning
from codeout.site.settings import Site, with_ours
from codeout.site.state import shows_all_pages, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from codeout.site.known_page import KnownPage

_LOG: Final = logging.getLogger(__name__)
_ATTRIBUTES: Final = {"attrs_image", "attrs_inline"}
_STATES: Final = "codeout_states"
"""The attribute of Sphinx's cache with the state of each page, by the name of the builder."""
_LAST: Final = ""
"""Takes the place of a name for the builder that came last, whatever it was."""


@dataclass(frozen=True, slots=True)
class Build:
    """The pages of one build.

    Attributes:
        pages: The pages of the site.
        builder: The name of Sphinx's builder.
        syntax: What of MyST the site knows.
        titles: The titles of pages, by their source; known when all pages have been read.
        known: The pages of the project, by their file; None for other files.
    """

    pages: SitePages
    builder: str
    syntax: MystSyntax
    titles: dict[str, str]
    known: dict[Path, KnownPage | None] = field(default_factory=dict)

    @classmethod
    def open(cls, app: Sphinx) -> Build:
        """Read the project that a site belongs to.

        Raises:
            ConfigError: Its settings or its lock cannot be used.
        """
        titles: dict[str, str] = {}
        builder, config = app.builder.name, app.config
        site = Site(
            root=Path(app.confdir),
            docs=Path(app.srcdir),
            folder=Path(app.outdir),
            name=config.project,
            address=config.html_baseurl,
            repository=address if isinstance(address := config.codeout_repository, str) else "",
            templates=with_ours([Path(app.confdir, each) for each in config.templates_path]),
            navigation=titles,
            directory_urls=builder == "dirhtml",
            indexes=("index",),
        )
        pages = SitePages.open(site)
        _ = pages.files  # found once, here, where an error in the settings can be told
        return cls(pages, builder, _syntax(app), titles)

    def find(self, file: Path) -> KnownPage | None:
        """The page in a file; None if it is none of the project."""
        if file not in self.known:
            self.known[file] = self.pages.find(file)
        return self.known[file]

    def outdated(self, env: BuildEnvironment, cached: Iterable[str]) -> list[str]:
        """The pages, by their names, of which something else is to be shown than what is cached."""
        states = _states(env)
        before = states.get(self.builder, states.get(_LAST, {}))
        return [name for name in cached if before.get(name) != self._state(env, name)]

    def check(self, env: BuildEnvironment) -> list[str]:
        """Warn of all stale pages, and note what is shown of each page.

        Returns:
            The pages to write: all of them if this builder has written none.
        """
        for name, title in env.titles.items():
            self.titles[self.pages.source(Path(env.doc2path(name)))] = title.astext()
        states = _states(env)
        unwritten = [] if self.builder in states else sorted(env.found_docs)
        found = {name: self._state(env, name) for name in env.found_docs}
        states[self.builder] = states[_LAST] = found
        files = (file for name in sorted(env.found_docs) for file in _files(env, name))
        for known in self._pages_in(dict.fromkeys(files)):
            if not known.status.fresh:
                _report(known)
        for name in sorted(env.found_docs):
            file = Path(env.doc2path(name))
            if file.suffix in MARKDOWN.suffixes and shows_notebook(file):
                message = "Sphinx shows no notebook here; list the notebook itself, with myst-nb"
                _LOG.warning(message, location=name, type="codeout", subtype="notebook")
        return unwritten

    def as_myst(self, file: Path, text: str) -> str:
        """The text of a page as MyST reads it."""
        known = self.find(file)
        if known is None:
            return to_myst(text, self.pages.project.config.layout, self.syntax)
        marked = mark_outputs(text, known.plan, notes=known.has_notes)
        return to_myst(marked, known.plan.layout, self.syntax)

    def note(self, file: Path, marked: str) -> str:
        """HTML of a page with its marks replaced by notes."""
        known = self.find(file)
        return fill(self.pages, file, known, self.pages.meta(file, known), marked)

    def banner(self, env: BuildEnvironment, name: str) -> str:
        """What stands at the top of a page that is stale, or shows one that is; else empty."""
        for file in _files(env, name):
            known = self.find(file)
            if found := banner(self.pages, file, known, self.pages.meta(file, known)):
                return found
        return ""

    def frame(self, env: BuildEnvironment, name: str, target: str) -> str:
        """The frame of an interactive figure that a page links to; empty if it links to none."""
        known = self.find(Path(env.doc2path(name)))
        if known is None:
            return ""
        source, (_, file) = self.pages.source(known.plan.file), env.relfn2path(target, name)
        return frame_of(known.plan, self.pages.site, source, Path(file))

    def write_files(self) -> None:
        """Write what Sphinx does not: the downloads, and interactive figures.

        Raises:
            ConfigError: A download cannot be written.
            OSError: A figure cannot be written.
        """
        write_downloads(self.pages)
        write_frames(self.pages, (known.plan for known in self.known.values() if known))

    def _state(self, env: BuildEnvironment, name: str) -> str:
        all_of_them = shows_all_pages(Path(env.doc2path(name)))
        files = self.pages.files.values() if all_of_them else _files(env, name)
        return state_of(self._pages_in(files), self.pages.project.config.layout)

    def _pages_in(self, files: Iterable[Path]) -> Iterator[KnownPage]:
        return (known for file in files if (known := self.find(file)))


def _syntax(app: Sphinx) -> MystSyntax:
    """What of MyST a site knows; MyST-Parser may not be there, or not be loaded yet."""
    plain = ("myst_commonmark_only", "myst_gfm_only")
    extensions = {*getattr(app.config, "myst_enable_extensions", ())}
    return MystSyntax(
        directives=not any(getattr(app.config, name, False) for name in plain),
        tab_sets="sphinx_design" in app.extensions,
        attributes=bool(extensions & _ATTRIBUTES),
        commands="ipython3",  # which IPython brings
    )


def _states(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """The states of pages in the cache; each process of Sphinx has a copy, the first one writes."""
    if not hasattr(env, _STATES):
        setattr(env, _STATES, {})
    states: dict[str, dict[str, str]] = getattr(env, _STATES)
    return states


def _files(env: BuildEnvironment, name: str) -> Iterator[Path]:
    """Yield the file of a page, and the files that it includes."""
    yield Path(env.doc2path(name))
    for path in sorted(env.dependencies.get(name, ())):
        yield Path(os.path.normpath(Path(env.srcdir, path)))


def _report(known: KnownPage) -> None:
    """Report a stale page, as ``CODEOUT_STALE`` says."""
    asked = stale_mode()
    if asked == "ignore":
        return
    for line, message in _warnings(known):
        where = f"{known.plan.file}:{line}"
        if asked == "show":
            _LOG.info(message, location=where)
        else:
            _LOG.warning(message, location=where, type="codeout", subtype="stale")


def _warnings(known: KnownPage) -> Iterator[tuple[int, str]]:
    """Yield the lines of a stale page with what is to be said; that of the first block for why."""
    for problem in known.status.problems:
        yield problem.line or 1, str(problem).removeprefix(f"{problem.place}: ")
    if not known.status.problems:
        yield next((block.line for block in known.plan.page.blocks), 1), warning(known.status)
