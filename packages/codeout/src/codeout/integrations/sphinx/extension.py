"""The Sphinx extension: shows the outputs of Markdown pages, and warns of stale ones.

It runs no page and writes only into the site. Sphinx forks processes that read and write pages:
what they need is known before, or found again in each of them.
"""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.formats import MARKDOWN
from codeout.integrations.sphinx.admonition import MarkdownAdmonition
from codeout.integrations.sphinx.build import Build
from codeout.integrations.sphinx.errors import as_sphinx_error
from codeout.integrations.sphinx.math import MathOutputs
from codeout.integrations.sphinx.notes import add_banners, replace_links, replace_notes
from codeout.integrations.sphinx.sources import hide_blocks
from codeout.site.myst_lines import ADMONITION
from codeout.site.provenance import provenance
from codeout.site.style import SOURCE

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

_SITES: Final = {"html", "dirhtml"}
"""The builders that make a site with a file for each page."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension; Sphinx calls this."""
    events = _Events()
    app.add_config_value("codeout_repository", "", "html", types=frozenset({str}))
    app.add_directive(ADMONITION, MarkdownAdmonition)
    app.add_transform(MathOutputs)
    app.add_css_file(SOURCE.name)
    app.connect("config-inited", add_style)
    app.connect("builder-inited", events.open)
    app.connect("env-get-outdated", events.outdated)
    app.connect("source-read", events.read)
    app.connect("include-read", events.read_included)
    app.connect("env-updated", events.check)
    app.connect("doctree-resolved", events.fill)
    app.connect("html-page-context", events.tell)
    app.connect("build-finished", events.finish)
    return {
        "version": version("codeout"),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_style(app: Sphinx, config: Config) -> None:
    """Add our style to the static files of the site, whose own file of that name wins."""
    del app
    config.html_static_path = [str(SOURCE), *config.html_static_path]


class _Events:
    """What is done at each event of a build."""

    build: Build

    def open(self, app: Sphinx) -> None:
        """Read the project."""
        with as_sphinx_error():
            self.build = Build.open(app)

    def outdated(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], _: set[str]
    ) -> list[str]:
        """Name the pages of which something else is to be shown than what is cached."""
        del app
        return self.build.outdated(env, env.found_docs - added - changed)

    def read(self, app: Sphinx, name: str, source: list[str]) -> None:
        """Write a page as MyST reads it."""
        self._rewrite(Path(app.env.doc2path(name)), source)

    def read_included(self, app: Sphinx, path: Path, _: str, source: list[str]) -> None:
        """Do the same for a page that another one includes."""
        self._rewrite(Path(app.srcdir, path), source)

    def _rewrite(self, file: Path, source: list[str]) -> None:
        if file.suffix in MARKDOWN.suffixes:
            source[0] = self.build.as_myst(file, source[0])

    def check(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Warn of all stale pages of the site, whether they were read or come from the cache."""
        del app
        return self.build.check(env)

    def fill(self, app: Sphinx, tree: nodes.document, name: str) -> None:
        """Replace the marks of a page by notes, and links to interactive figures by frames."""
        add_banners(tree, name, partial(self.build.banner, app.env))
        replace_notes(tree, self.build.note, html=app.builder.format == "html")
        if app.builder.name in _SITES:
            replace_links(tree, partial(self.build.frame, app.env))

    def tell(self, app: Sphinx, name: str, _: str, context: dict[str, Any], __: object) -> None:
        """Tell templates how the outputs of a page were made."""
        if name in app.env.found_docs:
            known = self.build.find(Path(app.env.doc2path(name)))
            context["codeout"] = provenance(known.status) if known and known.has_notes else None

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Write the downloads beside their pages, and interactive figures; hide what is hidden."""
        if error is None and app.builder.name in _SITES:
            with as_sphinx_error():
                self.build.write_files()
                hide_blocks(self.build, app.env, app.config.html_sourcelink_suffix)
