"""``codeout init``: what a folder lacks is written, what is there stays."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.config.pyproject import find_config
from codeout.errors import ConfigError
from codeout.init.project import init

from tests.codeout.cli.test_main import codeout
from tests.support.repository import git

if TYPE_CHECKING:
    from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
NAMES = {
    "pyproject.toml",
    ".github/workflows/codeout.yml",
    ".pre-commit-config.yaml",
    ".gitattributes",
}


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git find codeout."""
    monkeypatch.setenv("PATH", str(PROGRAM.parent), prepend=os.pathsep)


def files(root: Path) -> dict[str, bytes]:
    """The files of a project, without git's own."""
    found = (file for file in root.rglob("*") if file.is_file())
    names = ((file.relative_to(root), file) for file in found)
    return {str(name): file.read_bytes() for name, file in names if name.parts[0] != ".git"}


def test_a_page_of_an_empty_repository_can_be_checked_after_it(folder: Folder) -> None:
    git(folder.root, "init", "-q")
    assert {step.name: step.done for step in init(folder.root)} == dict.fromkeys(NAMES, "written")
    assert files(folder.root).keys() == NAMES
    folder.page("page.md", ("1 + 1", ""))
    assert codeout("run").exit_code == 0
    assert codeout("check").exit_code == 0
    assert codeout("status", "--exit-code").exit_code == 0


def test_a_second_time_nothing_changes(folder: Folder) -> None:
    git(folder.root, "init", "-q")
    init(folder.root, merge_driver=True)
    before = files(folder.root)
    steps = init(folder.root, merge_driver=True)
    assert [step.done for step in steps] == ["kept"] * 5
    assert files(folder.root) == before


def test_what_is_there_stays_and_the_hook_is_left_to_its_author(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['a']\nlock = 'state/a.lock'\n")
    folder.write(".github/workflows/codeout.yml", "mine\n")
    folder.write(".pre-commit-config.yaml", "repos: []\n")
    folder.write(".gitattributes", "* text=auto\n")
    before = files(folder.root)
    *_, hook, attributes = init(folder.root)
    assert "- id: codeout" in hook.left
    assert attributes.done == "written"
    assert files(folder.root) == {
        **before,
        ".gitattributes": b"* text=auto\nstate/a.lock merge=codeout\n",
    }


def test_settings_are_added_at_the_end(folder: Folder) -> None:
    folder.write("pyproject.toml", "[project]\nname = 'a'  # mine\n")
    folder.write("docs/index.md", "")
    init(folder.root)
    assert folder.read("pyproject.toml") == (
        "[project]\nname = 'a'  # mine\n\n[tool.codeout]\npages = [\"docs\"]\n"
    )


def test_pages_and_figures_are_where_mkdocs_looks_for_them(folder: Folder) -> None:
    folder.write("mkdocs.yml", "docs_dir: text\n")
    folder.write("docs/other.md", "")
    folder.write("text/index.md", "")
    init(folder.root)
    config = find_config(folder.root)
    assert (config.pages, config.figures) == (("text",), "text/assets/out")


def test_settings_that_are_the_defaults_are_left_out(folder: Folder) -> None:
    folder.write("mkdocs.yml", "site_name: a\n")
    folder.write("docs/index.md", "")
    init(folder.root)
    assert folder.read("pyproject.toml") == '[tool.codeout]\npages = ["docs"]\n'


def test_a_project_without_a_lock_needs_no_driver(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\nlock = ''\n")
    init(folder.root)
    assert ".gitattributes" not in files(folder.root)


def test_below_the_top_of_a_repository_the_rest_is_left_out(folder: Folder) -> None:
    git(folder.root, "init", "-q")
    below = folder.write("site/docs/index.md", "").parents[1]
    told = {step.name: step.done for step in init(below)}
    assert files(below).keys() == {"docs/index.md", "pyproject.toml", ".gitattributes"}
    assert told[".github/workflows/codeout.yml"].startswith("left out")
    assert told[".pre-commit-config.yaml"].endswith(str(folder.root))


def test_a_folder_of_another_project_is_told(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\n")
    below = folder.write("docs/index.md", "").parent
    with pytest.raises(ConfigError, match=r"docs: belongs to the project of pyproject\.toml"):
        init(below)
    assert files(below).keys() == {"index.md"}


@pytest.mark.parametrize("name", [*sorted(NAMES), ".github", ".github/workflows"])
def test_a_link_out_of_the_project_costs_nothing(folder: Folder, name: str) -> None:
    root, outside = folder.root / "project", folder.root / "outside"
    outside.mkdir()
    link = root / name
    link.parent.mkdir(parents=True)
    link.symlink_to(outside if name.startswith(".github") else outside / "file")
    if name == ".github/workflows/codeout.yml":
        link.unlink()
        link.symlink_to(outside / "file")
    with pytest.raises((OSError, ConfigError), match=r"leads out of the project|cannot be read"):
        init(root)
    assert files(root) == {}
    assert [*outside.iterdir()] == []


@pytest.mark.parametrize("place", [".github", ".github/workflows"])
def test_a_file_in_the_place_of_a_folder_costs_nothing(folder: Folder, place: str) -> None:
    folder.write(place, "")
    with pytest.raises(OSError, match=r"File exists|Not a directory"):
        init(folder.root)
    assert files(folder.root) == {place: b""}


def test_a_read_only_file_costs_nothing(folder: Folder) -> None:
    folder.write(".gitattributes", "* text=auto\n").chmod(0o444)
    with pytest.raises(PermissionError):
        init(folder.root)
    assert files(folder.root).keys() == {".gitattributes"}


def test_without_a_repository_the_driver_costs_nothing(folder: Folder) -> None:
    with pytest.raises(ConfigError, match="this folder is in no repository of git"):
        init(folder.root, merge_driver=True)
    assert files(folder.root) == {}


def test_git_merges_two_branches_after_it(folder: Folder) -> None:
    git(folder.root, "init", "-q", "-b", "main")
    init(folder.root, merge_driver=True)
    for name in ("a.md", "b.md"):
        folder.page(name, ("1 + 1", ""))
    commit(folder, "base")
    for branch, name in (("other", "a.md"), ("main", "b.md")):
        git(folder.root, "checkout", "-q", *(["-b"] if branch == "other" else []), branch)
        folder.page(name, ("2 + 2", ""))
        commit(folder, name)
    git(folder.root, "merge", "-q", "other")
    assert git(folder.root, "status", "--porcelain") == ""
    assert codeout("status", "--exit-code").exit_code == 0


def commit(folder: Folder, message: str) -> None:
    """Run the pages, and commit all."""
    assert codeout("run").exit_code == 0
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", message)
