"""What pages are made of, and where changes of it are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.watch.dependencies import files_of, folders_of, matters

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

SETTINGS = "[tool.codeout]\npages = ['docs']\nsnippets = ['snippets']\n"


@pytest.fixture
def project(folder: Folder) -> Project:
    folder.write("pyproject.toml", SETTINGS)
    folder.write("snippets/part.py", "x = 1")
    folder.page("docs/below/a.md", ('--8<-- "part.py"', ""))
    folder.write("docs/.hidden/b.md", "text")
    return Project.open()


def files(project: Project) -> frozenset[Path]:
    return files_of(project.plans(), project.lock)


def test_includes_are_part_of_a_page(project: Project) -> None:
    assert files(project) == {project.config.root / "snippets/part.py"}


def test_folders_hold_pages_includes_and_settings(project: Project) -> None:
    root = project.config.root
    found = folders_of(project.config, (), project.plans(), files(project))
    assert found == {root, root / "docs", root / "docs/below", root / "snippets"}


@pytest.mark.parametrize(("lock", "expected"), [("records/lock", "records"), ("", ".")])
def test_the_folder_of_the_lock_is_among_them(
    folder: Folder, project: Project, lock: str, expected: str
) -> None:
    folder.write("pyproject.toml", f"{SETTINGS}lock = {lock!r}\n")
    config = Project.open().config
    more = {config.root / expected}
    found = folders_of(project.config, (), project.plans(), files(project))
    assert folders_of(config, (), project.plans(), files(project)) == found | more


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pyproject.toml", True),
        ("mkdocs.yml", True),
        ("snippets/part.py", True),
        ("snippets/new.py", True),
        ("docs/new.md", True),
        ("docs/below", True),
        ("docs/.a.md.swp", False),
        ("docs/figure.png", False),
        ("codeout.lock", False),
    ],
)
def test_other_files_do_not_matter(project: Project, name: str, expected: bool) -> None:
    path = project.config.root / name
    assert matters(path, files(project), project.config) is expected
