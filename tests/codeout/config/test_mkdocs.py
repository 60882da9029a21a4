"""What ``mkdocs.yml`` says about the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.config.mkdocs import docs_dir, snippet_folders
from codeout.config.pyproject import find_config
from codeout.errors import ConfigError
from codeout.site.config_file import read_site

if TYPE_CHECKING:
    from tests.support.folder import Folder

TAGGED = "theme: {icon: !!python/name:material.icon '', key: !ENV [KEY, '']}\n"


@pytest.mark.parametrize(
    ("source", "folder_of_pages"),
    [
        ("site_name: a\n", "docs"),
        ("docs_dir: pages\nsite_name: a\n", "pages"),
        ("docs_dir: 'my pages'  # here\n", "my pages"),
        ("docs_dir: !ENV [PAGES, docs]\n", "docs"),
        (f"{TAGGED}docs_dir: pages\n", "pages"),
        ("", "docs"),
        ("- docs_dir: pages\n", "docs"),
    ],
)
def test_the_folder_of_the_pages(folder: Folder, source: str, folder_of_pages: str) -> None:
    folder.write("mkdocs.yml", source)
    assert docs_dir(folder.root) == folder_of_pages


@pytest.mark.parametrize("name", ["mkdocs.yaml", "properdocs.yml", "properdocs.yaml"])
def test_other_names_of_the_file_count_too(folder: Folder, name: str) -> None:
    extensions = "markdown_extensions: {pymdownx.snippets: {base_path: parts}}\n"
    folder.write(name, f"docs_dir: pages\n{extensions}")
    assert docs_dir(folder.root) == "pages"
    assert find_config(folder.root).snippets == ("parts",)
    assert read_site(folder.root).docs.name == "pages"


def test_a_file_that_properdocs_reads_besides_is_that_of_the_site(folder: Folder) -> None:
    folder.write("properdocs.yml", "INHERIT: mkdocs.yml\n")
    folder.write("mkdocs.yml", "docs_dir: pages\n")
    assert docs_dir(folder.root) == "pages"


def test_without_a_site_there_is_none(folder: Folder) -> None:
    assert docs_dir(folder.root) is None


EXTENSIONS = "markdown_extensions:\n  - admonition\n  - toc: {permalink: true}\n"
RELATIVE = """\
docs_dir: pages
markdown_extensions:
  - pymdownx.snippets:
      base_path:
        - !relative $docs_dir/x
        - !relative $config_dir
        - !relative
"""
PYTHON = "  - pymdownx.emoji: {emoji_index: !!python/name:os.system ''}\n"


@pytest.mark.parametrize(
    ("source", "folders"),
    [
        (f"{EXTENSIONS}{PYTHON}  - pymdownx.snippets: {{base_path: [docs, '.']}}\n", "docs ."),
        (f"{EXTENSIONS}  - pymdownx.snippets:\n      base_path: docs/_parts/\n", "docs/_parts"),
        ("markdown_extensions: {pymdownx.snippets: {base_path: a}, toc: null}\n", "a"),
        ("markdown_extensions: {pymdownx.snippets: {base_path: [a, ./a, a/]}}\n", "a"),
        (
            RELATIVE,
            "pages/x .",
        ),
        ("markdown_extensions: {pymdownx.snippets: {base_path: [../a, /b, c/../../d]}}\n", ""),
        ("markdown_extensions: {pymdownx.snippets: {base_path: [[a]]}}\n", ""),
        (f"{EXTENSIONS}  - pymdownx.snippets\n", ""),
        (f"{EXTENSIONS}  - pymdownx.snippets: {{check_paths: true}}\n", ""),
        (EXTENSIONS, ""),
        ("markdown_extensions: !ENV [snippets]\n", ""),
        ("- snippets\n", ""),
        ("# snippets\n", ""),
        ("broken: [\n", ""),
    ],
)
def test_the_folders_of_snippets(folder: Folder, source: str, folders: str) -> None:
    folder.write("mkdocs.yml", source)
    assert snippet_folders(folder.root) == tuple(folders.split())


def test_settings_stand_above_the_site(folder: Folder) -> None:
    assert find_config(folder.root).snippets == ("snippets", ".")
    folder.write("mkdocs.yml", "markdown_extensions: {pymdownx.snippets: {base_path: parts}}\n")
    assert find_config(folder.root).snippets == ("parts",), "without settings"
    folder.write("pyproject.toml", "[tool.codeout]\n")
    assert find_config(folder.root).snippets == ("parts",)
    folder.write("pyproject.toml", "[tool.codeout]\nsnippets = ['own']\n")
    assert find_config(folder.root).snippets == ("own",)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a: 1\nb: [\n", r"mkdocs\.yml:3: not valid YAML: "),
        ("a: \0\n", r"mkdocs\.yml: not valid YAML"),
        (f"a: {'[' * 5000}", r"mkdocs\.yml: not valid YAML"),
        ("a: 1\n--- 2\n--- 3\n", r"mkdocs\.yml:2: not valid YAML: "),
    ],
)
def test_what_is_no_yaml_is_told(folder: Folder, source: str, told: str) -> None:
    folder.write("mkdocs.yml", source)
    with pytest.raises(ConfigError, match=told):
        docs_dir(folder.root)
    folder.write("mkdocs.yml", f"# snippets\n{source}")
    with pytest.raises(ConfigError, match=r"mkdocs\.yml(:\d+)?: not valid YAML"):
        snippet_folders(folder.root)
