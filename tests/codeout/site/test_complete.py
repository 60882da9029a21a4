"""A built site is completed as a whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.errors import ConfigError
from codeout.site.complete import complete

if TYPE_CHECKING:
    from tests.support.folder import Folder


@pytest.fixture
def built(folder: Folder) -> Folder:
    """A site with one page, which is built, and no navigation."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs', 'README.md']\n")
    folder.write("mkdocs.yml", "site_name: Site\nmarkdown_extensions: [codeout.markdown]\n")
    folder.write("README.md", "Not on the site.\n")
    folder.write("docs/index.md", "Home.\n")
    folder.write("site/index.html", "Home.\n")
    return folder


@pytest.mark.parametrize("page", ["more.md", "part/index.md", "lab.ipynb"])
def test_a_page_that_is_not_built_is_told(built: Folder, page: str) -> None:
    complete(built.root)
    built.write(f"docs/{page}", "")
    with pytest.raises(ConfigError, match=f"site: {page} is not built"):
        complete(built.root)


@pytest.mark.parametrize(
    ("page", "there"),
    [
        ("more.md", "more/index.html"),
        ("lab.ipynb", "lab/index.html"),
        ("lab.ipynb", "lab.ipynb"),
        ("README.md", "index.html"),
        ("templates/part.md", "index.html"),
    ],
)
def test_a_page_that_is_built_or_never_will_be_is_fine(
    built: Folder, page: str, there: str
) -> None:
    built.write(f"docs/{page}", "")
    built.write(f"site/{there}", "")
    assert complete(built.root)


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_what_the_site_leaves_out_is_not_missed(built: Folder, key: str) -> None:
    built.write("docs/drafts/one.md", "")
    built.write("docs/drafts/two.md", "")
    left_out = f"{key}: |\n  /drafts/*\n  !two.md\n"
    built.write("mkdocs.yml", f"{built.read('mkdocs.yml')}{left_out}")
    with pytest.raises(ConfigError, match=r"site: drafts/two.md is not built"):
        complete(built.root)
