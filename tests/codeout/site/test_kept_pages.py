"""A server reads a page again only if something has changed that decides what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.config.pyproject import find_config
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.site import kept_pages
from codeout.site.kept_pages import KeptPages

from tests.support.mkdocs_server import run_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from codeout.engine.plan import Plan

    from tests.support.folder import Folder

ALL = ["docs/index.md", "docs/other.md"]


@pytest.fixture
def read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Reads all pages as a build does, and returns those that were parsed."""
    monkeypatch.setattr(kept_pages, "COARSEST", 0)
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\nsnippets = ['snippets']\n")
    folder.write("snippets/part.py", "a = 1\n")
    folder.page("docs/index.md", ("print(1)", "1"))
    folder.page("docs/other.md", ('--8<-- "part.py"\nprint(a)', "1"))
    run_pages()
    parsed: list[str] = []

    def noted(project: Project, file: Path) -> Plan:
        parsed.append(file.relative_to(folder.root).as_posix())
        return plan_page(project.config, file)

    monkeypatch.setattr(Project, "plan", noted)
    kept = KeptPages()

    def pages() -> list[str]:
        parsed.clear()
        project = Project.open(folder.root, find_config(folder.root))
        kept.begin(project)
        found = [kept.read(project, file) for file in project.files()]
        assert [(page.plan, page.status) for page in found] == [
            (plan, project.status(plan)) for plan in map(plan_of(project), project.files())
        ]
        return parsed

    return pages


def plan_of(project: Project) -> Callable[[Path], Plan]:
    return lambda file: plan_page(project.config, file)


@pytest.mark.parametrize(
    ("change", "parsed"),
    [
        (lambda _: None, []),
        (lambda site: site.replace("docs/index.md", "print(1)", "print(2)"), ALL[:1]),
        (lambda site: site.replace("snippets/part.py", "1", "2"), ALL[1:]),
        (lambda site: site.replace("codeout.lock", "seconds = ", "seconds = 1"), ALL),
        (lambda site: site.write("docs/new.md", "New.\n"), ["docs/new.md"]),
        (lambda site: site.replace("pyproject.toml", "pages", "rtol = 0.1\npages"), ALL),
    ],
)
def test_what_has_changed_is_read_again_and_nothing_else(
    folder: Folder,
    read: Callable[[], list[str]],
    change: Callable[[Folder], None],
    parsed: list[str],
) -> None:
    assert read() == ALL
    assert read() == []
    change(folder)
    assert read() == parsed
    assert read() == []


def test_a_page_that_has_just_been_written_is_read_once_more(
    folder: Folder, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems give two changes within two seconds the same time."""
    assert read() == ALL
    monkeypatch.setattr(kept_pages, "COARSEST", 10**12)
    folder.replace("docs/index.md", "print(1)", "print(2)")
    assert read() == ALL[:1]
    assert read() == ALL[:1]
