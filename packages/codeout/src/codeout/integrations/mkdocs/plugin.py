"""The MkDocs plugin: warns of stale pages, and adds notes on outputs and downloads to pages.

It runs no page and writes only into the site. A stale page is a warning, so that
``mkdocs build --strict`` fails.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from codeout.engine.project import Project, Status
from codeout.errors import CodeoutError, ConfigError, display_path
from codeout.export.files import chosen, exported, file_names, write
from codeout.export.prose import on_site
from codeout.formats import MARKDOWN, format_of
from codeout.integrations.mkdocs.notes import mark, replace_marks, titles
from codeout.integrations.mkdocs.verification import verify
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from codeout.engine.plan import Plan
    from codeout.export.prose import Address

_STYLE = "assets/stylesheets/codeout.css"
_TEMPLATES = Path(__file__).parent / "templates"
_LOG = logging.getLogger("mkdocs.plugins.codeout")


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin's options: ``export`` lists patterns of pages to offer as downloads."""

    export = ListOfItems(Type(str), default=[])


class CodeoutPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """The plugin, listed as ``codeout`` under ``plugins`` in ``mkdocs.yml``."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our templates after those of the theme, which may replace them, and our style."""
        config.theme.dirs.append(str(_TEMPLATES))
        config.extra_css.insert(0, _STYLE)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our style sheet to the site."""
        source = Path(__file__).with_name("outputs.css")
        files.append(File.generated(config, _STYLE, abs_src_path=str(source)))
        return files

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the project again, so that a rebuild in ``mkdocs serve`` sees changes."""
        try:
            self._project = Project.open(Path(config.config_file_path).parent)
            if not self._project.config.lock:
                file = display_path(self._project.config.root / "pyproject.toml")
                hint = f"write [tool.codeout] into {file}, and a name after `lock` if it has one"
                raise ConfigError("the plugin needs settings with a lock", hint)
            plans = self._project.plans()
        except CodeoutError as error:
            raise PluginError(f"codeout: {error}") from error
        root = self._project.config.root
        self._pages = {
            str((root / plan.path).resolve()): (plan, self._project.status(plan)) for plan in plans
        }
        self._exports: list[tuple[Path, Plan, Address]] = []  # a folder in the site for each

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Warn if the page is stale, fill its metadata and mark its outputs."""
        found = self._find(page)
        if found is None:
            return markdown
        plan, status = found
        if chosen(page.file.src_uri, self.config.export) and not plan.problems:
            page.meta["codeout_export"] = file_names(plan.path)
            addresses = {file.src_uri: file.url for file in files}
            address = on_site(config.site_url or "", page.file.src_uri, addresses)
            self._exports.append((Path(page.file.abs_dest_path).parent, plan, address))
        if not status.fresh:
            _LOG.warning("%s", warning(status))
        if not (status.blocks or status.problems):
            return markdown
        page.meta["codeout"] = provenance(status)
        tabs = "pymdownx.tabbed" in config.markdown_extensions  # otherwise marks show as text
        if tabs and status.record is not None and format_of(plan.path) is MARKDOWN:
            return mark(markdown, plan)
        return markdown

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the order of the pages in the navigation."""
        del config, files
        self._order = {_source_of(page): at for at, page in enumerate(nav.pages)}
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Replace the marks in all pages by notes and by the table of all pages."""
        pages = [
            (file.page, self._find(file.page)) for file in files.documentation_pages() if file.page
        ]
        last = len(self._order)
        ordered = sorted(self._pages, key=lambda source: self._order.get(source, last))
        shared = {
            "config": config,
            "pages": {found[0].path: page for page, found in pages if found},
            "verification": verify(self._pages[source] for source in ordered),
        }
        ours = env.overlay(autoescape=True)  # names and the lock may come from anybody
        for page, found in pages:
            plan, record = (found[0], found[1].record) if found else (None, None)
            context = {**shared, "page": page, "path": plan and plan.path}
            context["base_url"] = get_relative_url(".", page.url)
            blocks = titles(plan) if plan and record else ()
            note = partial(_render_note, ours, context)
            page.content = replace_marks(page.content or "", blocks, note)
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the downloads beside their pages."""
        del config
        for folder, plan, address in self._exports:
            for form, name in file_names(plan.path).items():
                try:
                    text = exported(self._project, plan, form, address)
                    write(text, folder / name, self._project, plan.file)
                except CodeoutError as error:
                    raise PluginError(f"codeout: {error}") from error

    def _find(self, page: Page) -> tuple[Plan, Status] | None:
        """The plan and the status of a page of the site, if codeout knows it."""
        return self._pages.get(_source_of(page))


def _source_of(page: Page) -> str:
    """The absolute path of a page's file; empty for a page that has none."""
    return str(Path(page.file.abs_src_path).resolve()) if page.file.abs_src_path else ""


def _render_note(env: Environment, context: dict[str, Any], kind: str, block: str) -> str:
    codeout = context["page"].meta.get("codeout")
    html = env.get_template(f"codeout/{kind}.html").render(context, codeout=codeout, block=block)
    return html.strip()


def warning(status: Status) -> str:
    """The warning for a stale page: why it is stale, and what to do."""
    if status.problems:
        return "\n".join(map(str, status.problems))
    why = f"{status.path} is stale: {', '.join(status.reasons)}"
    return f"{escape_line(why)}; `codeout run` refreshes it"


def provenance(status: Status) -> dict[str, Any]:
    """The metadata of a page for the theme; only ``fresh`` for a page that never ran."""
    record = status.record
    if record is None:
        return {"fresh": False}
    return {
        "fresh": status.fresh,
        "blocks": record.blocks,
        "date": record.date.isoformat(),
        "device": record.device,
        "python": record.python,
        "seconds": record.seconds,
        "stand_ins": list(record.stand_ins),
        "versions": dict(record.versions),
    }
