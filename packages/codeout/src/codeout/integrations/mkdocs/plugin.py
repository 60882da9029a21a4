"""The MkDocs plugin: says which pages are stale, and gives pages their provenance and downloads.

It runs nothing and writes only into the site. A stale page is a warning, so ``mkdocs build
--strict`` fails.
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
from mkdocs.utils import get_relative_url

from codeout.engine.project import Project, Status
from codeout.errors import CodeoutError, ConfigError, display_path
from codeout.export.files import chosen, exported, file_names, write
from codeout.export.prose import on_site
from codeout.formats import MARKDOWN, format_of
from codeout.integrations.mkdocs.notes import dress, mark, titles
from codeout.integrations.mkdocs.verification import verify

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from codeout.engine.plan import Plan
    from codeout.export.prose import Address

_TEMPLATES = Path(__file__).parent / "templates"
_LOG = logging.getLogger("mkdocs.plugins.codeout")


class Options(Config):  # type: ignore[no-untyped-call]
    """The options of the plugin: ``export`` has patterns of pages to offer as downloads."""

    export = ListOfItems(Type(str), default=[])


class CodeoutPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Put ``codeout`` under ``plugins`` in ``mkdocs.yml``."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Offer our templates to the theme, whose own come first."""
        config.theme.dirs.append(str(_TEMPLATES))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the lock anew, so that a rebuild in ``mkdocs serve`` sees what has changed."""
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
        self._standing = {
            str((root / plan.path).resolve()): (plan, self._project.status(plan)) for plan in plans
        }
        self._exports: list[tuple[Path, Plan, Address]] = []

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Warn of a stale page, fill its metadata and mark its outputs."""
        plan, status = self._known(page) or (None, None)
        if plan is None or status is None:
            return markdown
        if chosen(page.file.src_uri, self.config.export) and not plan.problems:
            page.meta["codeout_export"] = file_names(plan.path)
            addresses = {file.src_uri: file.url for file in files}
            address = on_site(config.site_url or "", page.file.src_uri, addresses)
            self._exports.append((Path(page.file.abs_dest_path).parent, plan, address))
        if not (status.blocks or status.problems):
            return markdown
        if not status.fresh:
            _LOG.warning("%s", warning(status))
        page.meta["codeout"] = provenance(status)
        tabs = "pymdownx.tabbed" in config.markdown_extensions  # else, marks would show as text
        marked = tabs and status.record is not None and format_of(plan.path) is MARKDOWN
        return mark(markdown, plan, self._project.config.tabs) if marked else markdown

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the order of the pages."""
        del config, files
        self._order = {_source(page): at for at, page in enumerate(nav.pages)}
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Put notes where outputs are marked, and the table where a page asks for it."""
        pages = [
            (file.page, self._known(file.page)) for file in files.documentation_pages() if file.page
        ]
        last = len(self._order)
        standing = sorted(self._standing.items(), key=lambda item: self._order.get(item[0], last))
        shared = {
            "config": config,
            "pages": {found[0].path: page for page, found in pages if found},
            "verification": verify(found for _, found in standing),
        }
        for page, found in pages:
            plan, record = (found[0], found[1].record) if found else (None, None)
            context = {**shared, "page": page, "path": plan and plan.path}
            context["base_url"] = get_relative_url(".", page.url)
            blocks = titles(plan) if plan and record else ()
            page.content = dress(page.content or "", blocks, partial(_note, env, context))
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

    def _known(self, page: Page) -> tuple[Plan, Status] | None:
        return self._standing.get(_source(page))


def _source(page: Page) -> str:
    return str(Path(page.file.abs_src_path).resolve()) if page.file.abs_src_path else ""


def _note(env: Environment, context: dict[str, Any], kind: str, block: str) -> str:
    codeout = context["page"].meta.get("codeout")
    html = env.get_template(f"codeout/{kind}.html").render(context, codeout=codeout, block=block)
    return html.strip()


def warning(status: Status) -> str:
    """Why a page is stale and what to do."""
    if status.problems:
        return "\n".join(map(str, status.problems))
    return f"{status.path} is stale: {', '.join(status.reasons)}; `codeout run` refreshes it"


def provenance(status: Status) -> dict[str, Any]:
    """What a theme can say of a page's outputs; only ``fresh`` for one that never ran."""
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
