"""The MkDocs plugin: adds the extension, our style and the downloads to a site.

It runs no page and writes only into the site. A stale page is a warning, so that
``mkdocs build --strict`` fails.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.config.base import Config
from mkdocs.config.config_options import Deprecated
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File

from codeout.errors import CodeoutError
from codeout.integrations.markdown import begin_build, end_build, report
from codeout.integrations.mkdocs.builds import WantedBuilds
from codeout.integrations.mkdocs.delayed_work import DelayedWork
from codeout.integrations.mkdocs.kept_files import KeptFiles
from codeout.integrations.mkdocs.kept_html import KeptHtml
from codeout.integrations.mkdocs.theme_files import ThemeFiles
from codeout.integrations.renderers import Generator, site_of_mkdocs
from codeout.site.downloads import write_downloads
from codeout.site.llms import write_markdown
from codeout.site.page_html import banner, fill
from codeout.site.pages import SitePages
from codeout.site.settings import EXTENSION
from codeout.site.style import NAME, SOURCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_FIRST: Final = 100
_LAST: Final = -100
_MOVED = "list the pages in pyproject.toml: `export = [...]` in [tool.codeout]"


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options."""

    export = Deprecated(message=_MOVED, removed=True)


class CodeoutPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """The plugin, listed as ``codeout`` under ``plugins`` in ``mkdocs.yml``."""

    _serves = False
    _kept: KeptHtml | None = None
    _files: KeptFiles | None = None
    _pages: SitePages

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep what a server needs again; MkDocs keeps plugins with this method between builds."""
        del dirty
        self._serves = command == "serve"
        self._wanted = WantedBuilds()
        self._delayed = DelayedWork()
        self._theme_files = ThemeFiles()
        self._kept = None
        self._files = KeptFiles() if self._wanted.by_watch else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension and our style to those of the site."""
        if EXTENSION not in config.markdown_extensions:
            config.markdown_extensions.append(EXTENSION)
        if NAME not in config.extra_css:
            config.extra_css.insert(0, NAME)
        if self._serves:
            self._theme_files.attach(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our style sheet to the site."""
        files.append(File.generated(config, NAME, abs_src_path=str(SOURCE)))
        return files

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the project again, so that a rebuild in ``mkdocs serve`` sees changes."""
        if self._serves:
            self._delayed.cancel()
            self._wanted.begin()
        if self._files:
            self._files.begin(Path(config.site_dir))
        try:
            self._pages = SitePages.open(site_of_mkdocs(config))
        except CodeoutError as error:
            raise PluginError(f"codeout: {error}") from error
        begin_build(self._pages)
        if self._kept:
            self._kept.start(self._pages)
        elif self._serves:
            self._kept = KeptHtml(self._pages)

    @event_priority(_FIRST)
    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let ``codeout watch --serve`` say when to build."""
        del builder
        self._wanted.listen(server, config)
        return server

    @event_priority(_LAST)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Let a server render a page only if something of it has changed."""
        del config, files
        if self._kept:
            self._kept.attach(page)
        return markdown

    @event_priority(_LAST)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let a server render templates and copy files only if something has changed."""
        if self._files:
            self._files.attach(files)
        if self._kept:
            env.bytecode_cache = self._kept.templates
            self._kept.output.attach(env, config)
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Do the same for a notebook, if no Markdown extension has seen it as a whole."""
        del config, files
        seen = "codeout_source" in page.meta
        if seen or not page.file.src_uri.endswith(".ipynb") or not page.file.abs_src_path:
            return html
        file = Path(page.file.abs_src_path)
        known = self._pages.find(file)
        page.meta.update(self._pages.meta(file, known))
        if known is None:
            return html
        if not known.status.fresh:
            report(Generator.MKDOCS, self._pages, known)
        shown = (file, known, page.meta)
        return banner(self._pages, *shown) + fill(self._pages, *shown, html)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the downloads beside their pages, and the Markdown of all."""
        del config
        end_build(self._pages.site.root)
        write = partial(_write_files, self._pages)
        if self._files:
            self._delayed.start(self._files.remove_last, write)
            return
        try:
            write()
        except CodeoutError as error:
            raise PluginError(f"codeout: {error}") from error

    def on_build_error(self, *, error: Exception) -> None:
        """Forget the pages of a build that failed."""
        del error
        if hasattr(self, "_pages"):
            end_build(self._pages.site.root)


def _write_files(pages: SitePages) -> None:
    write_downloads(pages)
    write_markdown(pages)
