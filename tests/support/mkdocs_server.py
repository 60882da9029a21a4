"""Builds a site with MkDocs as its server does, again and again in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeout.engine.project import Project
from codeout.engine.update import Update
from mkdocs.commands.build import build
from mkdocs.config import load_config

if TYPE_CHECKING:
    from tests.support.folder import Folder

_ADDRESS = "http://127.0.0.1:8000/"


def start_server(site: Folder) -> None:
    """Begin as a server does, which forgets what another one has kept."""
    _config_of(site).plugins.on_startup(command="serve", dirty=False)


def build_for_server(site: Folder) -> None:
    """Build the site as its server does."""
    config = _config_of(site)
    config.site_url = _ADDRESS
    build(config, serve_url=_ADDRESS)


def html_of(site: Folder) -> dict[str, bytes]:
    """The HTML files of the built site."""
    return {str(file): file.read_bytes() for file in (site.root / "site").rglob("*.html")}


def run_pages() -> None:
    """Run the pages of the project in the current folder, and write their outputs."""
    project = Project.open()
    for event in project.execute(project.plans()):
        if isinstance(event, Update):
            assert project.write(event) == ()


def _config_of(site: Folder) -> Any:
    return load_config(str(site.root / "mkdocs.yml"))
