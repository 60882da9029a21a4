"""The MkDocs plugin: says which pages are stale, and gives pages their provenance.

It runs nothing and writes nothing. A stale page is a warning, so ``mkdocs build --strict`` fails.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from codeout.problem import CodeoutError, ConfigError
from codeout.project import Project, Status

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_LOG = logging.getLogger("mkdocs.plugins.codeout")


class CodeoutPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Put ``codeout`` under ``plugins`` in ``mkdocs.yml``; it has no options of its own."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the lock anew, so that a rebuild in ``mkdocs serve`` sees what has changed."""
        try:
            self._project = Project.open(Path(config.config_file_path).parent)
            if not self._project.config.lock:
                raise ConfigError("the plugin needs [tool.codeout] in pyproject.toml, with a lock")
            plans = self._project.plans()
        except CodeoutError as error:
            raise PluginError(f"codeout: {error}") from error
        root = self._project.config.root
        self._standing = {
            str((root / plan.path).resolve()): self._project.status(plan) for plan in plans
        }

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Warn of a stale page, and put ``codeout`` into its metadata."""
        del config, files
        source = page.file.abs_src_path
        status = self._standing.get(str(Path(source).resolve())) if source else None
        if status is not None and (status.blocks or status.problems):
            if not status.fresh:
                _LOG.warning("%s", warning(status))
            page.meta["codeout"] = provenance(status)
        return markdown


def warning(status: Status) -> str:
    """One line that says why a page is stale and what to do."""
    why = [str(problem) for problem in status.problems] or list(status.reasons)
    return f"{status.path} is stale: {', '.join(why)}; `codeout run` refreshes it"


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
