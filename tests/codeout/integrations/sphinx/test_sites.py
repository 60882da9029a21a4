"""Outputs on sites of other settings and builders of Sphinx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from codeout import Project
from sphinx.cmd.build import build_main

from tests.support.sphinx_site import CONF, NOTE, PAGE, article, build, seen

if TYPE_CHECKING:
    from tests.support.folder import Folder

MISSING = "WARNING: unknown document: 'missing' [ref.doc]"
TAB_SETS = """
from sphinx.util.docutils import SphinxDirective
from docutils import nodes


class Box(SphinxDirective):
    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        box = nodes.container("\\n".join(self.content), classes=[self.name])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


def setup(app):
    app.add_directive("tab-set", Box)
    app.add_directive("tab-item", Box)
"""


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "latex", "man", "text", "gettext"]
)
def test_every_builder_has_the_outputs_and_no_marks(site: Folder, builder: str) -> None:
    site.write("docs/conf.py", CONF + 'version = copyright = "1"\nepub_show_urls = "no"\n')
    assert build("-W", builder=builder) == 0
    made = (site.root / builder).rglob("*")
    texts = [
        file.read_text(encoding="utf-8")
        for file in made
        if file.suffix in {".html", ".xhtml", ".tex", ".1", ".txt", ".pot"}
        and "_sources" not in file.parts
    ]
    text = "\n".join(texts)
    assert "in a box" in text or "A box" in text
    assert not re.search(r"codeout-(made|error) line|codeout-admonition|=== ", text)
    if builder in {"text", "latex", "man"}:
        assert "Error" in text
        assert "<red>" in text.replace("\\PYGZlt{}", "<").replace("\\PYGZgt{}", ">")
        assert "About this output" not in text


def test_extensions_of_markdown_change_nothing_of_outputs(site: Folder) -> None:
    assert build() == 0
    before = article(site.read("html/page.html"))
    names = "alert attrs_block colon_fence deflist dollarmath fieldlist html_admonition html_image"
    names += " replacements smartquotes strikethrough substitution tasklist"
    site.write("docs/conf.py", f"{CONF}myst_enable_extensions = {names.split()}\n")
    assert build("-W") == 0
    after = article(site.read("html/page.html"))
    assert after.replace(' class="tex2jax_ignore mathjax_ignore"', "") == before


def test_a_site_of_plain_markdown_has_notes_as_well(site: Folder) -> None:
    site.write("docs/index.rst", "Home\n====\n\n.. toctree::\n\n   page\n")
    (site.root / "docs/index.md").unlink()
    site.write("docs/conf.py", f"{CONF}myst_gfm_only = True\n")
    assert build("-W") == 0
    words = seen(site.read("html/page.html"))
    assert "A box\n" in words
    assert not re.search(r"===|```|!!!|~~~|<!--", words)
    assert site.read("html/page.html").count(NOTE) == 5


def test_tabs_are_a_tab_set_where_the_site_has_one(site: Folder) -> None:
    """Sphinx-design is not installed here; a module with its directives shows what they get."""
    site.write("docs/sphinx_design.py", TAB_SETS)
    conf = CONF.replace('"codeout.sphinx"', '"codeout.sphinx", "sphinx_design"')
    site.write("docs/conf.py", f"import sys\n\nsys.path.insert(0, 'docs')\n{conf}")
    assert build("-W") == 0
    page = site.read("html/page.html")
    assert page.count('<div class="tab-set docutils container">') == 3
    assert page.count('<div class="tab-item docutils container">') == 6
    assert page.count(NOTE) == 5


def test_messages_of_sphinx_name_the_lines_of_the_page(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"{PAGE}\n{{doc}}`missing`\n"
    site.write("docs/page.md", page)
    build()
    assert f"page.md:{len(page.splitlines())}: {MISSING}" in capsys.readouterr().err


def test_what_is_built_among_the_pages_is_none_of_them(site: Folder) -> None:
    """The notebooks to download would be pages that never ran, which the next build refuses."""
    site.write("docs/conf.py", f"{CONF}exclude_patterns = ['_build']\n")
    words = ["-W", "-q", "-b", "html", "docs", "docs/_build"]
    assert build_main(words) == 0
    assert (site.root / "docs/_build/page.ipynb").is_file()
    assert [plan.path for plan in Project.open().plans()] == ["docs/index.md", "docs/page.md"]
    assert build_main([*words, "-a"]) == 0
