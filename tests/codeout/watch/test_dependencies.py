"""What pages are made of, and where changes of it are looked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.lock.observed import Observed
from codeout.watch.dependencies import AllDependencies, Dependencies, files_of, folders_of, matters

from tests.support.records import RECORD

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


def pages(project: Project) -> tuple[Dependencies, ...]:
    return AllDependencies().of(project.plans(), project.lock)


def files(project: Project) -> frozenset[Path]:
    return files_of(pages(project))


def test_includes_are_part_of_a_page(project: Project) -> None:
    assert files(project) == {project.config.root / "snippets/part.py"}


def test_folders_hold_pages_includes_and_settings(project: Project) -> None:
    root = project.config.root
    found = folders_of(project.config, (), pages(project))
    assert found == {root, root / "docs", root / "docs/below", root / "snippets"}


def test_more_files_may_matter_and_folders_that_a_page_listed(project: Project) -> None:
    root = project.config.root
    (root / "data").mkdir()
    more = [root / "data", root / "missing/x.csv"]
    found = folders_of(project.config, (), pages(project), more)
    assert found >= {root, root / "data", root / "missing"}


def test_only_what_has_changed_is_looked_at_again(folder: Folder, project: Project) -> None:
    known, plans = AllDependencies(), project.plans()
    (page,) = known.of(plans, project.lock)
    assert known.of(plans, project.lock) == (page,)
    assert known.of(plans, project.lock)[0] is page
    folder.page("docs/below/a.md", ("x", ""))
    (other,) = known.of(project.plans(), project.lock)
    assert (other.files, other is page) == (frozenset(), False)
    read = replace(RECORD, observed=Observed({"data/x.csv": "0" * 16}))
    project.lock.put("docs/below/a.md", read)
    (recorded,) = known.of([other.plan], project.lock)
    assert recorded.files == {project.config.root / "data/x.csv"}


@pytest.mark.parametrize(("lock", "expected"), [("records/lock", "records"), ("", ".")])
def test_the_folder_of_the_lock_is_among_them(
    folder: Folder, project: Project, lock: str, expected: str
) -> None:
    folder.write("pyproject.toml", f"{SETTINGS}lock = {lock!r}\n")
    config = Project.open().config
    more = {config.root / expected}
    found = folders_of(project.config, (), pages(project))
    assert folders_of(config, (), pages(project)) == found | more


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
