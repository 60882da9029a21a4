"""The hook in ``theme/notebook.py``: the site renders its notebooks as it renders its pages."""

from __future__ import annotations

import re

import nbformat.v4 as nb
import pytest

from tests.support.folder import Folder
from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

HOOK = ROOT / "theme" / "notebook.py"
SITE = f"""
site_name: test
theme: {{name: material, font: false}}
plugins:
  - codeout
  - mkdocs-jupyter:
      include: ["*.ipynb"]
      custom_mathjax_url: ""
      cache: false
hooks: [{HOOK.as_posix()}]
markdown_extensions:
  - bitext
  - toc: {{permalink: true}}
  - pymdownx.superfences
nav: [Home: index.md, Labs: [Lab: lab.md, Other: other.ipynb]]
"""
STREAM = nb.new_output("stream", text="<b>\n")
CELLS = [
    nb.new_markdown_cell("# Title · 제목\n\n[문단](index.md#home)입니다.\n\n> paragraph"),
    nb.new_markdown_cell("## Again\n\n끝이 열린 셀"),
    nb.new_markdown_cell("> Another cell.\n\n### Below"),
    nb.new_markdown_cell("## Again"),
    nb.new_code_cell("print('<b>')", outputs=[STREAM]),
]
SHOWN = "---\ndescription: A lab.\n---\n\n<!-- codeout-notebook lab.ipynb -->\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A site with two notebooks, one of them with a page that shows it, built by MkDocs."""
    folder = Folder(tmp_path_factory.mktemp("site"))
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs/index.md']\n")
    folder.write("mkdocs.yml", SITE)
    folder.write("docs/index.md", "# Home\n\n[Lab](lab.ipynb)\n")
    folder.write("docs/lab.md", SHOWN)
    folder.write("docs/lab.ipynb", nb.writes(nb.new_notebook(cells=CELLS)))
    folder.write("docs/other.ipynb", nb.writes(nb.new_notebook(cells=CELLS[:1])))
    build(folder.root)
    return folder


@pytest.fixture(scope="module")
def page(site: Folder) -> str:
    """The page of the notebook."""
    return site.read("site/lab/index.html")


def article(page: str) -> str:
    return page.partition("<article")[2].partition("</article>")[0]


def test_a_page_is_small_and_asks_nobody_for_anything(page: str) -> None:
    """With mkdocs-jupyter alone it takes 650 kB, and loads from content delivery networks."""
    assert len(page.encode()) < 40_000
    assert "cdnjs" not in page
    assert not any(tag in article(page) for tag in ("<script", "<style", "clipboard-copy"))


def test_prose_is_rendered_as_the_site_renders_pages(page: str) -> None:
    content = article(page)
    assert '<blockquote class="bitext" lang="en" role="none">\n<p>paragraph</p>' in content
    assert '<h2 id="again">Again<a class="headerlink" href="#again"' in content
    assert '<div class="highlight"><pre><span></span><code>&lt;b&gt;\n</code>' in content
    assert '<a href="../#home">' in content


def test_no_pair_reaches_from_one_cell_into_the_next(page: str) -> None:
    assert "<p>끝이 열린 셀</p>" in article(page)
    assert "<blockquote>\n<p>Another cell.</p>" in article(page)


def test_the_table_of_contents_has_the_headings_of_all_cells(page: str) -> None:
    contents = page.rpartition('data-md-component="toc"')[2].partition("</article>")[0]
    links = re.findall(r'<a href="(#[^"]*)" class="md-nav__link">', contents)
    assert links == ["#again", "#below", "#again_1"]


def test_a_page_that_shows_a_notebook_describes_it_and_stands_in_the_navigation(
    site: Folder, page: str
) -> None:
    assert '<meta name="description" content="A lab.">' in page
    assert '<a href="lab/" class="md-nav__link">' in site.read("site/index.html")
    assert '<a href="lab/">Lab</a>' in article(site.read("site/index.html"))


def test_a_notebook_that_no_page_shows_is_a_page_as_well(site: Folder) -> None:
    other = site.read("site/other/index.html")
    assert '<blockquote class="bitext" lang="en" role="none">' in article(other)
    assert len(other.encode()) < 40_000
