"""Builds a site with MkDocs as its server does, again and again in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeout.engine.project import Project
from codeout.engine.update import Update
from mkdocs.commands.build import build
from mkdocs.config import load_config

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


def noting_server(site: Folder, noted: list[str]) -> Callable[[], list[str]]:
    """Begin as a server does; returns what builds the site and gives what was noted, sorted.

    Args:
        site: The site.
        noted: What the test appends to while a site is built; emptied before each build.
    """
    start_server(site)

    def built() -> list[str]:
        noted.clear()
        build_for_server(site)
        return sorted(noted)

    return built


def check_rebuild(
    site: Folder,
    rendered: Callable[[], list[str]],
    change: Callable[[Folder], object],
    pages: Sequence[str],
    *,
    first: Sequence[str],
) -> None:
    """Check that after a change only some pages are rendered, and all are as in a first build.

    Args:
        site: The site.
        rendered: Builds it, and returns the pages that were rendered.
        change: Changes it.
        pages: Those that are to be rendered then.
        first: Those that are to be rendered in the first build.
    """
    assert rendered() == [*first]
    change(site)
    assert rendered() == [*pages]
    kept = _html_of(site)
    start_server(site)
    assert rendered() == sorted({*first, *pages})
    assert _html_of(site) == kept


def run_pages() -> None:
    """Run the pages of the project in the current folder, and write their outputs."""
    project = Project.open()
    for event in project.execute(project.plans()):
        if isinstance(event, Update):
            assert project.write(event) == ()


def _html_of(site: Folder) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in (site.root / "site").rglob("*.html")}


def _config_of(site: Folder) -> Any:
    return load_config(str(site.root / "mkdocs.yml"))
