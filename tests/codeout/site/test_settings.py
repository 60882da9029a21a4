"""The settings of a site: addresses of pages, and what its configuration file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.errors import ConfigError
from codeout.site.config_file import read_site
from codeout.site.settings import Site, navigation_of

if TYPE_CHECKING:
    from tests.support.folder import Folder

YAML = """
site_name: A
site_url: !ENV [NO_SUCH_VARIABLE, "https://example.org/"]
repo_url: !ENV REPOSITORY
site_dir: public
theme: {name: material, custom_dir: ours}
nav:
  - index.md
  - Part:
      - "1. One": part/one.md
      - Elsewhere: https://example.org
markdown_extensions:
  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
"""
TOML = """
[project]
site_name = "A"
docs_dir = "pages"
use_directory_urls = false
nav = ["index.md", { "One" = "one.md" }]
"""


@pytest.mark.parametrize(
    ("source", "url", "html"),
    [
        ("index.md", "", "index.html"),
        ("README.md", "", "index.html"),
        ("a.md", "a/", "a/index.html"),
        ("a/index.md", "a/", "a/index.html"),
        ("a/b.ipynb", "a/b/", "a/b/index.html"),
    ],
)
def test_addresses_of_pages_are_folders(source: str, url: str, html: str) -> None:
    site = Site(Path(), Path("docs"), Path("site"))
    assert (site.url(source), site.html(source)) == (url, html)


@pytest.mark.parametrize(
    ("source", "url"),
    [("index.md", "index.html"), ("a/README.md", "a/index.html"), ("a/b.md", "a/b.html")],
)
def test_addresses_of_pages_are_files_if_the_site_says_so(source: str, url: str) -> None:
    site = Site(Path(), Path("docs"), Path("site"), directory_urls=False)
    assert site.url(source) == site.html(source) == url


def test_a_page_without_a_title_is_named_after_its_file() -> None:
    site = Site(Path(), Path("docs"), Path("site"))
    names = {
        "index.md": "Home",
        "a/first-steps.md": "First steps",
        "a/index.md": "A",
        "GPU.md": "GPU",
    }
    assert {source: site.title(source) for source in names} == names


def test_the_navigation_has_pages_in_order() -> None:
    nav = ["index.md", {"Part": ["a.md", {"B": "b.md"}]}, {"C": "c.md"}, 3, None]
    assert [*navigation_of(nav).items()] == [
        ("index.md", ""),
        ("a.md", ""),
        ("b.md", "B"),
        ("c.md", "C"),
    ]
    assert navigation_of(None) == {}


def test_yaml_is_read_as_generators_read_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPOSITORY", "https://example.org/repo")
    folder.write("mkdocs.yml", YAML)
    site = read_site(folder.root)
    assert site.name == "A"
    assert site.address == "https://example.org/"
    assert site.repository == "https://example.org/repo"
    assert (site.docs, site.folder) == (folder.root / "docs", folder.root / "public")
    assert site.templates[0] == folder.root / "ours"
    assert [*site.navigation][:2] == ["index.md", "part/one.md"]
    assert site.directory_urls


def test_a_file_inherits_from_another(folder: Folder) -> None:
    folder.write("base.yml", "site_name: Base\nsite_dir: public\n")
    folder.write("mkdocs.yml", "INHERIT: base.yml\nsite_name: A\n")
    site = read_site(folder.root)
    assert (site.name, site.folder.name) == ("A", "public")


def test_the_toml_of_zensical_comes_first(folder: Folder) -> None:
    folder.write("mkdocs.yml", YAML)
    folder.write("zensical.toml", TOML)
    site = read_site(folder.root)
    assert site.docs == folder.root / "pages"
    assert site.navigation == {"index.md": "", "one.md": "One"}
    assert not site.directory_urls


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no configuration of a site"),
        ("a: [", "mkdocs.yml:1: not valid YAML"),
        ("INHERIT: none.yml\n", "none.yml: cannot be read"),
    ],
)
def test_what_cannot_be_read_is_an_error(folder: Folder, text: str | None, message: str) -> None:
    if text is not None:
        folder.write("mkdocs.yml", text)
    with pytest.raises(ConfigError, match=message):
        read_site(folder.root)


def test_the_navigation_may_name_a_page_that_shows_a_notebook() -> None:
    site = Site(Path(), Path("docs"), Path("site"), navigation={"lab.md": "Lab", "b.ipynb": "B"})
    entries = [site.entry(source) for source in ("lab.ipynb", "b.ipynb", "lab.md", "c.ipynb")]
    assert entries == ["lab.md", "b.ipynb", "lab.md", "c.ipynb"]
