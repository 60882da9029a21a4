"""The Markdown extension, without any plugin: what Zensical and others make of a page."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import markdown
import pytest

from tests.codeout.integrations.mkdocs.test_plugin import codeout_run

if TYPE_CHECKING:
    from tests.support.folder import Folder

SITE = """
site_name: test
repo_url: https://example.org/repo
theme: {name: material, font: false}
markdown_extensions:
  - codeout.markdown
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
nav: [Home: index.md, prose.md]
"""
NOTE = '<details class="codeout-made">'
STALE = "This output is not verified"
BANNER = '<p class="codeout-banner"'


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A site with a fresh page and one of prose."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\nexport = ['docs/index.md']\n")
    folder.write("mkdocs.yml", SITE)
    folder.page("docs/index.md", ("1 + 1", ""))
    folder.write("docs/prose.md", "# Prose\n\n<!-- codeout-verification -->\n")
    codeout_run()
    return folder


def build(folder: Folder, *words: str, stale: str = "error") -> subprocess.CompletedProcess[str]:
    """Build a site with Zensical."""
    return subprocess.run(
        [sys.executable, "-m", "zensical", "build", *words],
        cwd=folder.root,
        env=os.environ | {"CODEOUT_STALE": stale},
        capture_output=True,
        text=True,
        check=False,
    )


def make_stale(folder: Folder) -> None:
    """Change the code of the page."""
    folder.write("docs/index.md", folder.read("docs/index.md").replace("1 + 1", "1 + 2"))


def test_zensical_shows_how_outputs_were_made(site: Folder) -> None:
    done = build(site)
    assert done.returncode == 0, done.stderr
    page = site.read("site/index.html")
    assert page.count(NOTE) == 1
    assert "https://example.org/repo/issues/new?title=docs%2Findex.md" in page
    assert "<!-- codeout" not in page
    table = site.read("site/prose/index.html")
    assert '<th scope="row"><a href="../">Home</a></th>' in table


def test_zensical_builds_no_stale_page(site: Folder) -> None:
    make_stale(site)
    done = build(site)
    assert done.returncode == 1
    assert "docs/index.md is stale: code changed; `codeout run` refreshes it" in done.stderr
    assert not (site.root / "site/index.html").exists()


def test_all_stale_pages_are_told_at_once(site: Folder) -> None:
    site.page("docs/more.md", ("2 + 2", ""))
    make_stale(site)
    told = build(site).stderr
    assert "docs/index.md is stale: code changed; `codeout run` refreshes it" in told
    assert "docs/more.md is stale: never ran; `codeout run` refreshes it" in told


def test_a_stale_page_can_be_shown_as_such(site: Folder) -> None:
    make_stale(site)
    assert build(site, stale="show").returncode == 0
    page = site.read("site/index.html")
    assert page.count(STALE) == page.count(BANNER) == 1
    assert NOTE not in page


def test_an_unknown_word_for_stale_pages_is_told_once(site: Folder) -> None:
    done = build(site, stale="hide")
    assert done.returncode == 1
    assert done.stderr.count("the variable CODEOUT_STALE is `hide`") == 1, done.stderr


def test_a_watch_that_runs_the_page_anyway_shows_none_as_stale(site: Folder) -> None:
    make_stale(site)
    assert build(site, stale="ignore").returncode == 0
    page = site.read("site/index.html")
    assert STALE not in page
    assert BANNER not in page
    assert page.count(NOTE) == 1


def test_outputs_of_a_page_without_a_record_are_told_even_then(site: Folder) -> None:
    """As while somebody writes, and the code has failed."""
    (site.root / "codeout.lock").unlink()
    assert build(site, stale="ignore").returncode == 0
    page = site.read("site/index.html")
    assert page.count(STALE) == 1
    assert NOTE not in page


def test_the_cache_of_zensical_hides_what_the_lock_says(site: Folder) -> None:
    """So `codeout status --exit-code` stands before the build."""
    assert build(site).returncode == 0
    site.write("codeout.lock", "")
    assert build(site).returncode == 0, "if this fails, the guide can say so"
    assert build(site, "--clean").returncode == 1


@pytest.mark.parametrize(
    "text", ["", "# Title\n\nText.\n", '=== "Code"\n\n    ```python\n    1\n    ```\n']
)
def test_without_a_site_nothing_changes(text: str) -> None:
    others = ["pymdownx.superfences", "pymdownx.tabbed"]
    ours = markdown.markdown(text, extensions=["codeout.markdown", *others])
    assert ours == markdown.markdown(text, extensions=others)


def test_outputs_of_other_versions_are_folded(site: Folder) -> None:
    other = "\n    <!-- codeout: out python<3 -->\n    ```\n    two, as a long\n    ```\n"
    site.write("docs/index.md", site.read("docs/index.md") + other)
    codeout_run()
    assert build(site).returncode == 0
    page = site.read("site/index.html")
    summary = '<summary class="codeout-versions">python &lt; 3</summary>'
    before, opening, rest = page.partition(f'<details class="codeout-versions">{summary}')
    assert opening
    assert "two, as a long" not in before
    assert "two, as a long" in rest.partition("</details>")[0]
    assert page.index(NOTE) < page.index(opening)
    assert "codeout-cell" in page
