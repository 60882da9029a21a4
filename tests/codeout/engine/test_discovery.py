"""Which pages there are, and that those which are not there are told."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.data.assets import Asset
from codeout.engine.discovery import assets_of, find_pages, name_of
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.folder import Folder


@pytest.fixture
def tree(folder: Folder) -> Folder:
    """Some pages, and files that are none."""
    for name in (
        "README.md",
        "docs/index.md",
        "docs/old/one.md",
        "docs/old/two.markdown",
        "docs/old/lab.ipynb",
        "docs/old/.ipynb_checkpoints/lab-checkpoint.ipynb",
        "docs/note.txt",
        "docs/module.py",
        "docs/.drafts/three.md",
        ".venv/four.md",
    ):
        folder.write(name, "")
    return folder


def names(folder: Folder, config: Config, *paths: str) -> list[str]:
    found = find_pages(config, [folder.root / path for path in paths])
    return [file.relative_to(folder.root).as_posix() for file in found]


@pytest.mark.parametrize(
    ("built", "marks"),
    [
        ("docs/_build", ["docs/_build/.buildinfo"]),
        ("docs/_build", ["docs/_build/.doctrees/index.doctree"]),
        ("docs/_build", ["docs/_build/doctrees/environment.pickle"]),
        ("docs/_build/html", ["docs/_build/html/.buildinfo"]),
        ("site", ["mkdocs.yml"]),
        ("site", ["properdocs.yml"]),
        ("site", ["zensical.toml"]),
        ("handbook/site", ["handbook/mkdocs.yml"]),
    ],
)
@pytest.mark.parametrize("pages", [".", "**/*", "**/*.ipynb", "*", "docs", "site", "handbook"])
def test_what_a_generator_has_built_is_no_page(
    folder: Folder, built: str, marks: list[str], pages: str
) -> None:
    folder.write("docs/index.ipynb", "")
    folder.write("handbook/index.ipynb", "")
    folder.write("site/index.ipynb", "")
    folder.write(f"{built}/index.ipynb", "")
    config = Config(folder.root, pages=(pages, "docs"))
    before = names(folder, config)
    for name in marks:
        folder.write(name, "")
    left = [name for name in before if not name.startswith(built)]
    assert names(folder, config) == left
    assert names(folder, config, "docs", built) == ["docs/index.ipynb"]


@pytest.mark.parametrize(
    ("files", "built"),
    [
        ({"mkdocs.yml": "site_dir: out/html\n"}, "out/html"),
        ({"mkdocs.yml": "site_dir: !ENV [NO_SUCH_VARIABLE, public]\n"}, "public"),
        ({"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "site_dir: public\n"}, "public"),
        ({"zensical.toml": "[project]\nsite_dir = 'public'\n"}, "public"),
    ],
)
def test_the_configuration_of_a_site_names_what_is_built(
    folder: Folder, files: dict[str, str], built: str
) -> None:
    for name in ("index.md", "site/one.md", f"{built}/two.md"):
        folder.write(name, "")
    for name, text in files.items():
        folder.write(name, text)
    assert names(folder, Config(folder.root, pages=(".",))) == ["index.md", "site/one.md"]


def test_a_built_file_that_is_named_is_a_page(folder: Folder) -> None:
    folder.write("mkdocs.yml", "")
    folder.write("site/one.md", "")
    assert names(folder, Config(folder.root, pages=(".",)), "site/one.md") == ["site/one.md"]


def test_a_project_in_a_built_folder_has_pages(folder: Folder) -> None:
    folder.write(".buildinfo", "")
    folder.write("one.md", "")
    assert names(folder, Config(folder.root, pages=(".",))) == ["one.md"]


ALL = [
    "README.md",
    "docs/index.md",
    "docs/old/lab.ipynb",
    "docs/old/one.md",
    "docs/old/two.markdown",
]


@pytest.mark.parametrize(
    ("pages", "exclude", "found"),
    [
        pytest.param(["README.md"], [], ["README.md"], id="file"),
        pytest.param(["docs/note.txt"], [], ["docs/note.txt"], id="file with any ending"),
        pytest.param(["docs"], [], ALL[1:], id="folder, hidden ones left out"),
        pytest.param(["*.md", "docs/*/*.md"], [], ["README.md", "docs/old/one.md"], id="patterns"),
        pytest.param(["**/*one.md"], [], [ALL[3]], id="pattern"),
        pytest.param(["**/*.ipynb"], [], [ALL[2]], id="pattern, hidden folders left out"),
        pytest.param(["docs/**/*.py"], [], ["docs/module.py"], id="pattern that asks for them"),
        pytest.param(["docs/*o*"], [], ALL[2:], id="pattern that does not"),
        pytest.param(["docs/o*"], [], ALL[2:], id="folders"),
        pytest.param(["docs", "docs/index.md", "README.md"], [], ALL, id="each once, sorted"),
        pytest.param(["."], ["docs/old/*"], ["README.md", "docs/index.md"], id="exclude"),
    ],
)
def test_configured_pages(
    tree: Folder, pages: list[str], exclude: list[str], found: list[str]
) -> None:
    config = Config(tree.root, pages=tuple(pages), exclude=tuple(exclude))
    assert names(tree, config) == found


def test_paths_narrow_the_configuration(tree: Folder) -> None:
    config = Config(tree.root, pages=("docs",), exclude=("docs/old/*",))
    assert names(tree, config, "docs/old", "README.md") == ["README.md"]
    assert names(tree, config, "docs/old/one.md") == ["docs/old/one.md"], "named, so not excluded"


@pytest.mark.parametrize(
    ("pages", "paths", "message"),
    [
        ((), (), "no pages are named"),
        (
            ("none.md",),
            (),
            "pyproject.toml: `pages` in [tool.codeout] names none.md: no such file or folder",
        ),
        (
            ("*.rst",),
            (),
            "pyproject.toml: `pages` in [tool.codeout] names *.rst: no such file or folder",
        ),
        ((), ("none.md",), "none.md: no such file or folder"),
    ],
)
def test_pages_that_are_not_there_are_told(
    tree: Folder, pages: tuple[str, ...], paths: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ConfigError) as error:
        names(tree, Config(tree.root, pages=pages), *paths)
    assert error.value.message == message


def test_a_broken_link_is_not_what_was_meant(folder: Folder) -> None:
    (folder.root / "page.md").symlink_to("nowhere.md")
    for others, hint in (([], ""), (["pages.md"], "did you mean pages.md?")):
        for name in others:
            folder.write(name, "")
        with pytest.raises(ConfigError, match="neither a file nor a folder") as told:
            find_pages(Config(folder.root), [folder.root / "page.md"])
        assert told.value.hint == hint


def test_a_page_outside_the_root_has_a_name(folder: Folder) -> None:
    config = Config(folder.root / "project")
    assert name_of(config, folder.root / "project" / "docs" / "page.md") == "docs/page.md"
    assert name_of(config, folder.root / "other" / "page.md") == "../other/page.md"


def test_assets_are_for_the_pages_that_they_name() -> None:
    every = Asset("a", "0" * 64, ())
    some = replace(every, path="b", pages=("docs/*.md",))
    config = Config(Path(), assets=(every, some))
    assert assets_of(config, "docs/a.md") == (every, some)
    assert assets_of(config, "README.md") == (every,)


def test_configured_pages_do_not_lead_out_of_the_project(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (folder.root / "docs").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(ConfigError, match="docs: leads out of the project"):
        find_pages(Config(folder.root, pages=("docs",)))


def test_a_folder_that_cannot_be_listed_is_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("docs/a.md", "")

    def refuse(_: object, onerror: Callable[[OSError], None]) -> list[object]:
        onerror(PermissionError(13, "Permission denied", str(folder.root / "docs/sub")))
        return []

    monkeypatch.setattr(os, "walk", refuse)
    with pytest.raises(ConfigError, match="docs/sub: cannot be read: Permission denied"):
        find_pages(Config(folder.root, pages=("docs",)))


@pytest.mark.parametrize("paths", [(), ("sub",), ("sub/docs/page.md",)])
def test_a_page_of_another_project_is_told(folder: Folder, paths: tuple[str, ...]) -> None:
    folder.write("sub/pyproject.toml", "[tool.codeout]\n")
    folder.write("sub/docs/page.md", "")
    config = Config(folder.root, pages=(".",))
    told = r"sub/docs/page\.md: belongs to the project of sub/pyproject\.toml"
    with pytest.raises(ConfigError, match=told):
        find_pages(config, [folder.root / path for path in paths])


def test_pages_of_another_project_can_be_left_out(folder: Folder) -> None:
    folder.write("sub/pyproject.toml", "[tool.codeout]\n")
    folder.write("sub/page.md", "")
    page = folder.write("page.md", "")
    assert find_pages(Config(folder.root, pages=(".",), exclude=("sub/*",))) == (page,)


@pytest.mark.parametrize("settings", ["[tool.ruff]\n", "tool = 1\n", "not valid\n"])
def test_a_folder_without_settings_of_ours_is_none(folder: Folder, settings: str) -> None:
    folder.write("sub/pyproject.toml", settings)
    page = folder.write("sub/page.md", "")
    assert find_pages(Config(folder.root, pages=(".",))) == (page,)
