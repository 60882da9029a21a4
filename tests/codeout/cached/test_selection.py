"""Which pages a check takes: those that are stale, or that have changed since a revision."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from codeout.cached.selection import select
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.errors import ConfigError

from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder

SETTINGS = "[tool.codeout]\npages = ['docs']\nsnippets = ['pieces']\n"
NAME = ("-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false")


def git(folder: Folder, *words: str) -> None:
    subprocess.run(["git", *NAME, *words], cwd=folder.root, check=True, capture_output=True)


@pytest.fixture
def project(folder: Folder) -> Folder:
    """A repository with pages that ran: one includes, one reads, one is plain."""
    folder.write("pyproject.toml", SETTINGS)
    folder.write(".gitignore", ".cache\n")
    folder.write("pieces/x.py", "x = 1\n")
    folder.write("data/a.txt", "1")
    folder.page("docs/includes.md", ('--8<-- "x.py"\nx', ""))
    folder.page("docs/lists.md", (f"import os\nlen(os.listdir('{folder.root}/data'))", ""))
    folder.page("docs/plain.md", ("1 + 1", ""))
    opened = Project.open()
    for event in opened.execute(opened.plans(), workers=1):
        if isinstance(event, Update):
            assert opened.write(event) == ()
    git(folder, "init", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "Begin")
    git(folder, "checkout", "-b", "topic")
    return folder


def selected(**how: str | bool) -> list[str]:
    pages, left = select(Project.open(), **how)  # type: ignore[arg-type]  # either of both
    assert len(pages) + left == len(Project.open().files())
    return [page.path.removeprefix("docs/").removesuffix(".md") for page in pages]


@pytest.mark.usefixtures("project")
def test_all_pages_are_taken_unless_asked_otherwise() -> None:
    assert selected() == ["includes", "lists", "plain"]
    assert selected(stale=True) == []
    assert selected(since="main") == []


@pytest.mark.parametrize(
    ("name", "text", "pages"),
    [
        ("docs/plain.md", "Text.\n", ["plain"]),
        ("pieces/x.py", "x = 2\n", ["includes"]),
        ("data/b.txt", "", ["lists"]),
        ("docs/new.md", tabs("1", "1"), ["new"]),
        ("pyproject.toml", f"[project]\nname = 'other'\n{SETTINGS}", []),
        ("pyproject.toml", f"{SETTINGS}rtol = 0.1\n", ["includes", "lists", "plain"]),
        ("other.txt", "", []),
    ],
)
def test_pages_that_have_changed(project: Folder, name: str, text: str, pages: list[str]) -> None:
    project.write(name, text)
    assert selected(since="main") == pages
    git(project, "add", ".")
    git(project, "commit", "--allow-empty", "-m", "Change")
    assert selected(since="main") == pages
    assert selected(since="HEAD") == []


def test_what_the_other_branch_has_changed_does_not_count(project: Folder) -> None:
    git(project, "checkout", "main")
    project.write("docs/plain.md", "Text.\n")
    git(project, "commit", "-am", "Change")
    git(project, "checkout", "topic")
    assert selected(since="main") == []


def test_stale_pages_and_changed_pages_go_together(project: Folder) -> None:
    project.write("docs/plain.md", tabs("1 + 1", "2") + "\nText.\n")
    file = project.write("docs/includes.md", project.read("docs/includes.md").replace("1", "9"))
    git(project, "commit", "-am", "Change")
    assert selected(stale=True) == [file.stem]
    assert selected(stale=True, since="main") == ["includes", "plain"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("revision", ["nowhere", "--help", "main..topic"])
def test_a_revision_that_is_none_is_told(revision: str) -> None:
    with pytest.raises(ConfigError, match="git knows no revision"):
        selected(since=revision)


def test_branches_without_a_common_commit(project: Folder) -> None:
    git(project, "checkout", "--orphan", "other")
    git(project, "commit", "-m", "Begin again")
    project.write("docs/plain.md", "Text.\n")
    git(project, "commit", "-am", "Change")
    assert selected(since="main") == ["plain"]


def test_a_project_below_the_top_of_the_repository(
    project: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("sub/pyproject.toml", SETTINGS)
    project.write("sub/docs/a.md", tabs("1", "1"))
    project.write("sub/docs/b.md", tabs("1", "1"))
    git(project, "add", ".")
    git(project, "commit", "-m", "Add")
    project.write("sub/docs/a.md", "Text.\n")
    project.write("docs/plain.md", "Text.\n")
    monkeypatch.chdir(project.root / "sub")
    assert selected(since="HEAD") == ["a"]


@pytest.mark.usefixtures("project")
def test_a_second_check_of_all_pages_parses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    plans, _ = select(Project.open())
    monkeypatch.setattr("codeout.cached.parsed.parse", None)
    assert select(Project.open()) == (plans, 0)
