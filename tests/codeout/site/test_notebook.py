"""Notebooks as Markdown: a site renders their cells and outputs as it renders its pages."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import nbformat.v4 as nb
import pytest
from codeout.errors import ConfigError
from codeout.site.notebook import read_notebook
from codeout.site.notebook_page import lead_to_pages, notebook_of, shows_notebook, with_notebook
from markdown import Markdown

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = ["attr_list", "footnotes", "toc", "pymdownx.snippets", "pymdownx.superfences"]
PIXEL = base64.b64encode(b"any bytes").decode()
WORDS = {"image/png": {"alt": '점 하나 · a "dot"'}}
FIGURE = nb.new_output("display_data", data={"image/png": PIXEL}, metadata=WORDS)
ERROR = nb.new_output("error", ename="ZeroDivisionError", evalue="x", traceback=["Traceback"])
TABLE = nb.new_output("display_data", data={"text/html": "<table>\n</table><script>1</script>"})
CELLS = [
    nb.new_markdown_cell("# Title\n\n```python\nshown = 1\n```\n\n- a"),
    nb.new_markdown_cell("- b\n\n## Again { .quiet }"),
    nb.new_markdown_cell("removed", metadata={"tags": ["remove-cell"]}),
    nb.new_markdown_cell("## Again"),
    nb.new_code_cell("print('<b>')", outputs=[nb.new_output("stream", text="<b>\n```\n")]),
    nb.new_code_cell("assert True", metadata={"tags": ["remove-cell"]}),
    nb.new_code_cell("plot()", outputs=[FIGURE]),
    nb.new_code_cell("frame", outputs=[TABLE]),
    nb.new_markdown_cell("Solved.", metadata={"tags": ["solution"]}),
    nb.new_code_cell("1 + 1", metadata={"tags": ["solution"]}),
    nb.new_code_cell("1 / 0", outputs=[ERROR], metadata={"tags": ["raises-exception"]}),
    nb.new_markdown_cell(
        "![dot](attachment:dot.png)", attachments={"dot.png": {"image/png": PIXEL}}
    ),
    nb.new_raw_cell("<p>raw &lt; HTML</p>", metadata={"raw_mimetype": "text/html"}),
    nb.new_raw_cell("raw LaTeX", metadata={"raw_mimetype": "text/latex"}),
    nb.new_raw_cell("<p>raw</p>"),
    nb.new_code_cell("--8<-- 'secret.py'\n'''\n```\n'''"),
    nb.new_code_cell(""),
    nb.new_markdown_cell("The end."),
]


def rendered(folder: Path, *cells: nb.NotebookNode) -> str:
    """The HTML of a notebook, as a site makes it."""
    file = folder / "lab.ipynb"
    file.write_text(nb.writes(nb.new_notebook(cells=[*cells])), encoding="utf-8")
    notebook = read_notebook(file)
    html = Markdown(extensions=EXTENSIONS).convert(notebook.markdown)
    return notebook.finish(html, "<details>{}</details>".format)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A notebook with cells of all kinds."""
    return rendered(tmp_path_factory.mktemp("notebook"), *CELLS)


def test_code_and_outputs_have_the_elements_of_a_markdown_page(html: str) -> None:
    code = re.findall('<div class="highlight"><pre>.*?</pre></div>', html, re.DOTALL)
    shown = [re.sub("<.*?>", "", block) for block in code]
    assert [text.strip() for text in shown] == [
        "shown = 1",
        "print('&lt;b&gt;')",
        "&lt;b&gt;\n```",
        "plot()",
        "frame",
        "1 + 1",
        "1 / 0",
        "Traceback",
        "--8&lt;-- 'secret.py'\n'''\n```\n'''",
    ]


def test_figures_keep_their_words_and_html_is_sanitized(html: str) -> None:
    alt = "점 하나 · a &quot;dot&quot;"
    assert f'<p><img alt="{alt}" src="data:image/png;base64,{PIXEL}" /></p>' in html
    assert '<div class="codeout-html"><table> </table></div>' in html
    assert "<script" not in html


def test_headings_have_addresses_of_their_own_and_lists_end_with_their_cells(html: str) -> None:
    assert '<h2 class="quiet" id="again">Again</h2>' in html
    assert '<h2 id="again_1">Again</h2>' in html
    assert html.count("<ul>") == 2


def test_outputs_are_marked_for_notes_of_how_they_were_made(html: str) -> None:
    order = re.findall(r'<!-- codeout-.*?-->|<div class="notebook-out">', html)
    assert [mark for mark in order if mark.startswith("<!--")] == [
        "<!-- codeout-made cell 5 -->",
        "<!-- codeout-made cell 7 -->",
        "<!-- codeout-made cell 8 -->",
        "<!-- codeout-error cell 11 -->",
        "<!-- codeout-made cell 11 -->",
    ]
    assert [at for at, mark in enumerate(order) if mark.startswith("<div")] == [0, 2, 4, 6]


def test_a_picture_that_the_notebook_holds_is_shown(html: str) -> None:
    assert f'<img alt="dot" src="data:image/png;base64,{PIXEL}" />' in html
    assert "attachment:" not in html


def test_raw_cells_are_shown_if_they_are_html(html: str) -> None:
    assert html.index("<p>raw &lt; HTML</p>") < html.index("<p>raw</p>") < html.index("The end.")
    assert "raw LaTeX" not in html


def test_solutions_are_folded_together(html: str) -> None:
    folded = html.partition("<details>")[2].partition("</details>")[0]
    assert "Solved." in folded
    assert 'class="highlight"' in folded
    assert html.count("<details>") == 1


def test_a_removed_cell_is_not_shown(html: str) -> None:
    assert "removed" not in html
    assert "assert" not in html


@pytest.mark.parametrize("open_end", ["text\n\n```\nx = 1", "<div>\n\n*in*"])
def test_a_cell_that_would_swallow_the_next_is_an_error(tmp_path: Path, open_end: str) -> None:
    cells = nb.new_markdown_cell("first"), nb.new_markdown_cell(open_end), nb.new_code_cell("1")
    with pytest.raises(ConfigError, match=r"lab.ipynb: cell 2: a fence or HTML has no end") as told:
        rendered(tmp_path, *cells)
    assert "close it in the cell: on a site, the cells of a notebook are one page" in str(
        told.value
    )


def test_what_is_no_notebook_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "lab.ipynb"
    with pytest.raises(ConfigError, match="No such file or directory\n  hint: name the notebook"):
        read_notebook(file)
    file.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"lab.ipynb:1: not JSON"):
        read_notebook(file)


def test_a_page_shows_the_notebook_of_its_name(tmp_path: Path) -> None:
    page = tmp_path / "lab.md"
    text = "# Lab\n\n<!-- codeout-notebook lab.ipynb -->\n\nBelow.\n"
    assert notebook_of(page, text) == tmp_path / "lab.ipynb"
    assert notebook_of(page, text.replace("lab.", "other.")) is None
    assert notebook_of(page, f"Write `{text}`".replace("\n", " ")) is None
    assert with_notebook(text, r"\1 cells") == "# Lab\n\n\\1 cells\n\nBelow.\n"


def test_links_to_notebooks_lead_to_the_pages_that_show_them(tmp_path: Path) -> None:
    (tmp_path / "a lab.md").write_text("<!-- codeout-notebook a lab.ipynb -->\n", encoding="utf-8")
    (tmp_path / "other.md").write_text("# Other\n", encoding="utf-8")
    assert shows_notebook(tmp_path / "a lab.md")
    folder = tmp_path / "below"
    folder.mkdir()
    html = '<a href="../a%20lab.ipynb#one"> <a href="../other.ipynb"> <a href="http://a/b.ipynb">'
    found = lead_to_pages(html, folder)
    assert found == html.replace("lab.ipynb", "lab.md")
