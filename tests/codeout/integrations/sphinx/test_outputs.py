"""Outputs in Sphinx: where they are, what is told of them, and figures that are copied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from codeout.site.style import SOURCE

from tests.codeout.integrations.mkdocs.test_plugin import codeout_run
from tests.support.sphinx_site import CONF, NOTE, article, build, seen

if TYPE_CHECKING:
    from tests.support.folder import Folder

IN_ORDER = [
    *('print("in a tab")', "Out", "in a tab\n"),
    *('print("in a fence")', "in a fence\n"),
    *('>>> "in a transcript"', "'in a transcript'\n"),
    *('print("in a comment")', "#> in a comment\n"),
    *("A box", "1 / 0", "Out", "Error", "Traceback", "ZeroDivisionError"),
    *("In a list:", "Image.new", "Out"),
    *("in <red>", "in <red>", "About this output"),
]


def test_a_page_shows_its_outputs_in_order(site: Folder) -> None:
    assert build() == 0
    words = seen(site.read("html/page.html"))
    at = 0
    for place in IN_ORDER:
        at = words.index(place, at) + len(place)
    assert not re.search(r"===|```|!!!|~~~|hidden", words)
    assert 'src="_images/1.png"' in site.read("html/page.html")
    assert (site.root / "html/_images/1.png").is_file()


def test_each_output_tells_how_it_was_made(site: Folder) -> None:
    assert build() == 0
    page = site.read("html/page.html")
    assert page.count(NOTE) == 5
    assert page.count('<p class="codeout-error"') == 1
    assert "https://example.org/repo/issues/new?title=docs%2Fpage.md%2C+line+5%3A+" in page
    assert "<!-- codeout-" not in page
    assert 'href="_static/codeout.css' in page
    assert site.read("html/_static/codeout.css") == SOURCE.read_text(encoding="utf-8")
    assert '<th scope="row"><a href="page.html">Page</a></th>' in site.read("html/index.html")
    assert (site.root / "html/page.ipynb").is_file()


def test_notes_are_not_found_by_the_search_of_the_site(site: Folder) -> None:
    assert build() == 0
    index = site.read("html/searchindex.js")
    assert "transcript" in index
    assert "red" in index
    assert "stand" not in index


def test_templates_of_the_site_replace_ours(site: Folder) -> None:
    site.write("docs/conf.py", CONF + 'templates_path = ["theirs"]\n')
    site.write("docs/theirs/codeout/made.html", "<p>Made for {{ config.site_name }}</p>")
    build()
    assert site.read("html/page.html").count("<p>Made for small</p>") == 5


@pytest.mark.parametrize(
    ("builder", "file", "address"),
    [
        ("html", "live/page.html", "../out/live/page/1.html"),
        ("dirhtml", "live/page/index.html", "../../out/live/page/1.html"),
    ],
)
def test_interactive_figures_are_in_frames(
    site: Folder, builder: str, file: str, address: str
) -> None:
    shown = "HTML(\"<p>x</p><script>document.title = 'y'</script>\")"
    site.page("docs/live/page.md", (f"from IPython.display import HTML\n\n{shown}", ""))
    codeout_run()
    text = site.read("docs/live/page.md")
    site.write("docs/live/page.md", text.replace("1.html)", "1.html){ height=240 }"))
    codeout_run()
    assert build("-W", "-D", "suppress_warnings=toc.not_included", builder=builder) == 0
    assert f'<iframe class="codeout-frame" src="{address}" title="figure 1" height="240"' in (
        site.read(f"{builder}/{file}")
    )
    made = (site.root / builder / "out/live/page/1.html").read_bytes()
    assert made == (site.root / "docs/out/live/page/1.html").read_bytes()


def test_outputs_in_latex_are_formulas(site: Folder) -> None:
    site.page("docs/page.md", ("from IPython.display import Math\n\nMath('x^2')", ""))
    codeout_run()
    site.write("docs/page.md", "# Page\n\n" + site.read("docs/page.md"))
    assert build("-W") == 0
    page = site.read("html/page.html")
    assert re.search(r'<div class="math notranslate nohighlight">\s*\\\[\\displaystyle x', page)
    assert "mathjax" in page
    assert page.count(NOTE) == 1
    assert build("-W", builder="latex") == 0
    assert "\\displaystyle x^2" in site.read("latex/small.tex")


def test_a_page_of_windows_is_shown_likewise(site: Folder) -> None:
    build()
    before = article(site.read("html/page.html"))
    page = site.root / "docs/page.md"
    page.write_bytes(b"\xef\xbb\xbf" + page.read_bytes().replace(b"\n", b"\r\n"))
    codeout_run()
    assert build("-W") == 0
    assert article(site.read("html/page.html")) == before


def test_outputs_of_other_versions_are_folded(site: Folder) -> None:
    other = "```\nin a fence\n```\n\n<!-- codeout: out python<3 -->\n```\nolder\n```\n"
    page = site.read("docs/page.md")
    site.write("docs/page.md", page.replace("```\nin a fence\n```\n", other))
    codeout_run()
    assert build() == 0
    html = article(site.read("html/page.html"))
    opening = '<details class="codeout-versions"><summary class="codeout-versions">python &lt; 3'
    before, _, rest = html.partition(f"{opening}</summary>")
    folded = rest.partition("</details>")[0]
    assert "older" in folded
    assert "older" not in before
    assert folded.count("<div") == folded.count("</div>") > 0
    assert build(builder="text") == 0
    assert "**python < 3**\n\n   older\n" in site.read("text/page.txt")
