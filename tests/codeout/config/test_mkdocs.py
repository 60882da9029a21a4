"""What ``mkdocs.yml`` says about the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.config.mkdocs import docs_dir
from codeout.errors import ConfigError

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


def test_the_other_ending_counts_too(folder: Folder) -> None:
    folder.write("mkdocs.yaml", "docs_dir: pages\n")
    assert docs_dir(folder.root) == "pages"


def test_without_a_site_there_is_none(folder: Folder) -> None:
    assert docs_dir(folder.root) is None


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
