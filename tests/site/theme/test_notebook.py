"""The hook in ``theme/notebook.py``: a notebook's page holds its content and nothing else."""

from __future__ import annotations

import base64
import re
import subprocess
import sys

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
  - mkdocs-jupyter:
      include: ["*.ipynb"]
      remove_tag_config: {{remove_cell_tags: [remove-cell]}}
      custom_mathjax_url: ""
      cache: false
hooks: [{HOOK.as_posix()}]
markdown_extensions:
  - attr_list
  - bitext
  - toc: {{permalink: true}}
  - pymdownx.superfences
"""
PIXEL = base64.b64encode(b"any bytes").decode()
WORDS = {"image/png": {"alt": "점 하나 · a dot"}}
FIGURE = nb.new_output("display_data", data={"image/png": PIXEL}, metadata=WORDS)
ERROR = nb.new_output("error", ename="ZeroDivisionError", evalue="x", traceback=["Traceback"])
CELLS = [
    nb.new_markdown_cell(
        "# Title · 제목\n\n[문단](index.md#home)입니다. [글](/index.md)\n\n> paragraph\n\n"
        "```python\nshown = 1\n```"
    ),
    nb.new_markdown_cell("## Again { .quiet }\n\n끝이 열린 셀"),
    nb.new_markdown_cell("> Another cell.\n\n### Below"),
    nb.new_markdown_cell("removed", metadata={"tags": ["remove-cell"]}),
    nb.new_markdown_cell("## Again"),
    nb.new_code_cell("print('<b>')", outputs=[nb.new_output("stream", text="<b>\n")]),
    nb.new_code_cell("assert True", metadata={"tags": ["remove-cell"]}),
    nb.new_code_cell("plot()", outputs=[FIGURE]),
    nb.new_code_cell(
        "frame", outputs=[nb.new_output("display_data", data={"text/html": "<table></table>"})]
    ),
    nb.new_markdown_cell("Solved.", metadata={"tags": ["solution"]}),
    nb.new_code_cell("1 + 1", metadata={"tags": ["solution"]}),
    nb.new_code_cell("1 / 0", outputs=[ERROR], metadata={"tags": ["raises-exception"]}),
    nb.new_markdown_cell(
        "![점 · dot](attachment:dot.png)",
        attachments={"dot.png": {"image/png": PIXEL}},
    ),
    nb.new_raw_cell("<p>raw &lt; HTML</p>", metadata={"raw_mimetype": "text/html"}),
    nb.new_raw_cell("raw LaTeX", metadata={"raw_mimetype": "text/latex"}),
    nb.new_raw_cell("raw &amp; of no format"),
    nb.new_markdown_cell("The end."),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A site with a notebook, built by MkDocs."""
    folder = Folder(tmp_path_factory.mktemp("site"))
    folder.write("mkdocs.yml", SITE)
    folder.write("docs/index.md", "# Home\n")
    notebook = nb.new_notebook(cells=CELLS)
    folder.write("docs/lab.ipynb", nb.writes(notebook))
    build(folder.root)
    return folder


@pytest.fixture(scope="module")
def page(site: Folder) -> str:
    """The page of the notebook."""
    return site.read("site/lab/index.html")


def article(page: str) -> str:
    return page.partition("<article")[2].partition("</article>")[0]


def test_a_page_is_small_and_asks_nobody_for_anything(page: str) -> None:
    """It takes 650 kB without the hook, and loads from content delivery networks."""
    assert len(page.encode()) < 40_000
    assert "cdnjs" not in page
    assert not any(tag in article(page) for tag in ("<script", "<style", "clipboard-copy"))


def test_content_is_all_there_in_the_elements_of_a_markdown_page(page: str) -> None:
    content = article(page)
    assert '<div class="highlight"><pre><span></span><code>' in content
    assert '<div class="language-python highlight"><pre><code>' in content
    assert '<div class="language-text highlight"><pre><code>&lt;b&gt;\n</code></pre>' in content
    assert f'<img alt="점 하나 · a dot" class="" src="data:image/png;base64,{PIXEL}"/>' in content
    assert '<div class="codeout-html">\n<table></table>' in content
    assert content.count("<code>") == content.count("<pre>")


def test_prose_is_rendered_as_the_site_renders_pages(page: str) -> None:
    content = article(page)
    assert '<blockquote class="bitext" lang="en" role="none">\n<p>paragraph</p>' in content
    assert '<h2 class="quiet" id="again">Again<a class="headerlink" href="#again"' in content
    assert '<h2 id="again_1">Again<a class="headerlink" href="#again_1"' in content


def test_no_pair_reaches_from_one_cell_into_the_next(page: str) -> None:
    assert "<p>끝이 열린 셀</p>" in article(page)
    assert "<blockquote>\n<p>Another cell.</p>" in article(page)


def test_the_table_of_contents_has_the_headings_of_all_cells(page: str) -> None:
    contents = page.rpartition('data-md-component="toc"')[2].partition("</article>")[0]
    links = re.findall(r'<a href="(#[^"]*)" class="md-nav__link">', contents)
    assert links == ["#again", "#below", "#again_1"]


def test_outputs_are_marked_for_notes_of_how_they_were_made(page: str) -> None:
    outputs = re.findall(r'<div class="notebook-out">(.*?)</div>\n', article(page), re.DOTALL)
    marks = [re.findall("<!-- codeout-.*?-->", output) for output in outputs]
    assert marks == [
        ["<!-- codeout-made cell 6 -->"],
        ["<!-- codeout-made cell 8 -->"],
        ["<!-- codeout-made cell 9 -->"],
        ["<!-- codeout-error cell 12 -->", "<!-- codeout-made cell 12 -->"],
    ]
    assert outputs[-1].startswith("<!-- codeout-error")
    assert outputs[-1].endswith("-->")


def test_a_picture_that_the_notebook_holds_is_shown(page: str) -> None:
    content = article(page)
    assert f'<img alt="점 · dot" src="data:image/png;base64,{PIXEL}"/>' in content
    assert "attachment:" not in content


def test_raw_cells_are_shown_if_they_are_html(page: str) -> None:
    _, text = article(page).split('alt="점 · dot"')
    raw, last = text.index("<p>raw &lt; HTML</p>"), text.index("The end.")
    assert raw < text.index("raw &amp; of no format") < last
    assert "raw LaTeX" not in text


@pytest.mark.parametrize("others", [[nb.new_markdown_cell("# Title")], []], ids=["cell", "alone"])
def test_raw_cells_before_the_first_cell_that_is_shown_are_there(
    others: list[nb.NotebookNode], folder: Folder
) -> None:
    hidden = nb.new_code_cell("x = 1", metadata={"tags": ["remove-cell"]})
    cells = [nb.new_raw_cell("<p>first</p> of"), hidden, nb.new_raw_cell("<p>all</p>"), *others]
    folder.write("mkdocs.yml", SITE)
    folder.write("docs/index.md", "# Home\n")
    folder.write("docs/lab.ipynb", nb.writes(nb.new_notebook(cells=cells)))
    build(folder.root)
    text = article(folder.read("site/lab/index.html"))
    place = text.index("<p>first</p>")
    assert place < text.index("<p>all</p>")
    assert not others or text.index("<p>all</p>") < text.index("<h1")
    assert not any(tag in text for tag in ("<script", "<style"))


def test_links_lead_to_pages_of_the_site(page: str) -> None:
    assert '<a href="../#home">' in article(page)
    assert '<a href="../">글</a>' in article(page)


def test_a_link_to_nowhere_is_told(folder: Folder) -> None:
    folder.write("mkdocs.yml", SITE)
    folder.write("docs/index.md", "# Home\n")
    cells = [nb.new_markdown_cell("[lost](lost.md), [elsewhere](https://example.org/readme.md)")]
    folder.write("docs/lab.ipynb", nb.writes(nb.new_notebook(cells=cells)))
    words = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    built = subprocess.run(words, check=False, capture_output=True, text=True)
    assert built.returncode == 1
    assert "lab.ipynb links to lost.md, and there is no such page" in built.stderr
    assert "example.org" not in built.stderr


def test_solutions_are_folded(page: str) -> None:
    folded = article(page).partition("<details")[2].partition("</details>")[0]
    assert "Solved." in folded
    assert "language-python" in folded
    assert article(page).count("<details") == 1


def test_a_removed_cell_is_not_shown(page: str) -> None:
    assert "assert" not in article(page)


def test_other_pages_are_left_alone(site: Folder) -> None:
    assert '<h1 id="home">Home<a class="headerlink"' in site.read("site/index.html")
