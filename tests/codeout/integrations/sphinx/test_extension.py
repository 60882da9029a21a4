"""The Sphinx extension: a small site with MyST-Parser, whose pages have every kind of output."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest
from codeout.site.style import SOURCE
from sphinx.cmd.build import build_main

from tests.codeout.integrations.mkdocs.test_plugin import codeout_run
from tests.support.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
[tool.codeout]
pages = ["docs"]
lock = "codeout.lock"
figures = "docs/out"
colour = true
interactive = ["html"]
export = ["docs/page.md"]
"""
CONF = """
project = "small"
extensions = ["myst_parser", "codeout.sphinx"]
codeout_repository = "https://example.org/repo/"
"""
INDEX = """# Home

```{toctree}
page
```

<!-- codeout-verification -->
"""
PAGE = """# Page

=== "Code"

    ```python
    print("in a tab")
    ```

=== "Out"

    ```
    ```

<!-- codeout: out -->
```python
print("in a fence")
```

```pycon
>>> "in a transcript"
```

```python
print("in a comment")
#>
```

!!! note "A box"

    === "Code"

        <!-- codeout: raises=ZeroDivisionError -->
        ```python
        1 / 0
        ```

    === "Out"

        ```
        ```

- In a list:

    === "Code"

        ```python
        from PIL import Image

        Image.new("L", (4, 4))
        ```

    === "Out"

        ```
        ```

<!-- codeout: out -->
```python
print("\\x1b[31min <red>\\x1b[0m")
```

<!-- codeout: hidden
```python
hidden = "-->"
```
-->
"""
MISSING = "WARNING: unknown document: 'missing' [ref.doc]"
NOTE = '<details class="codeout-made"'
STALE = "This output is not verified"


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
IN_ORDER = [
    *('print("in a tab")', "Out", "in a tab\n"),
    *('print("in a fence")', "in a fence\n"),
    *('>>> "in a transcript"', "'in a transcript'\n"),
    *('print("in a comment")', "#> in a comment\n"),
    *("A box", "1 / 0", "Out", "Error", "Traceback", "ZeroDivisionError"),
    *("In a list:", "Image.new", "Out"),
    *("in <red>", "in <red>", "About this output"),
]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site whose pages have run."""
    folder = Folder(tmp_path_factory.mktemp("site"))
    folder.write("pyproject.toml", SETTINGS)
    folder.write("docs/conf.py", CONF)
    folder.write("docs/index.md", INDEX)
    folder.write("docs/page.md", PAGE)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.root)
        codeout_run()
    return folder.root


@pytest.fixture
def site(ran: Path, folder: Folder) -> Folder:
    """A copy of it, in the current folder."""
    shutil.copytree(ran, folder.root, dirs_exist_ok=True)
    return folder


def build(*words: str, builder: str = "html") -> int:
    """Build the site; returns the exit status."""
    return build_main(["-q", "-d", "trees", "-b", builder, *words, "docs", builder])


def make_stale(folder: Folder) -> None:
    """Change the first block of the page, which is on line 5."""
    folder.write("docs/page.md", folder.read("docs/page.md").replace("in a tab", "elsewhere", 1))


def seen(html: str) -> str:
    """The words of a page."""
    body = html.partition('role="main"')[2].partition("sphinxsidebar")[0]
    return unescape(re.sub(r"<!--.*?-->|<[^<>]*>", "", body, flags=re.DOTALL))


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


def test_messages_of_sphinx_name_the_lines_of_the_page(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"{PAGE}\n{{doc}}`missing`\n"
    site.write("docs/page.md", page)
    build()
    assert f"page.md:{len(page.splitlines())}: {MISSING}" in capsys.readouterr().err


def test_a_stale_page_is_a_warning_whether_it_is_read_or_not(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sphinx forgets its own warnings of a page that comes from its cache."""
    make_stale(site)
    site.write("docs/page.md", site.read("docs/page.md") + "\n{doc}`missing`\n")
    told = "docs/page.md:5: WARNING: docs/page.md is stale: code changed; `codeout run` refreshes"
    assert build("-W") == 1
    assert told in capsys.readouterr().err
    assert build("-W") == 1
    err = capsys.readouterr().err
    assert told in err
    assert "[codeout.stale]" in err
    assert MISSING not in err
    assert site.read("html/page.html").count(STALE) == 5
    assert NOTE not in site.read("html/page.html")


def test_the_warning_can_be_suppressed(site: Folder) -> None:
    make_stale(site)
    assert build("-W", "-D", "suppress_warnings=codeout.stale") == 0
    assert build("-W") == 1


@pytest.mark.parametrize(("asked", "notes", "banners"), [("show", 0, 5), ("ignore", 5, 0)])
def test_a_stale_page_can_be_shown(
    site: Folder, monkeypatch: pytest.MonkeyPatch, asked: str, notes: int, banners: int
) -> None:
    make_stale(site)
    monkeypatch.setenv("CODEOUT_STALE", asked)
    assert build("-W") == 0
    page = site.read("html/page.html")
    assert (page.count(NOTE), page.count(STALE)) == (notes, banners)


def test_a_change_of_the_lock_alone_renders_its_pages_again(site: Folder) -> None:
    assert build("-W") == 0
    lock = site.read("codeout.lock")
    site.write("codeout.lock", "")
    assert build("-W") == 1
    assert STALE in site.read("html/page.html")
    assert "1 stale" in site.read("html/index.html")
    site.write("codeout.lock", lock)
    assert build("-W") == 0
    assert STALE not in site.read("html/page.html")
    assert "0 stale" in site.read("html/index.html")


@pytest.mark.usefixtures("site")
def test_what_has_not_changed_is_not_rendered_again(capsys: pytest.CaptureFixture[str]) -> None:
    build()
    capsys.readouterr()
    build_main(["-d", "trees", "-b", "html", "docs", "html"])
    assert "0 added, 0 changed, 0 removed" in capsys.readouterr().out


def test_another_builder_sees_the_change_that_the_first_one_saw(site: Folder) -> None:
    build()
    build(builder="text")
    make_stale(site)
    build(builder="text")
    assert site.read("text/page.txt").count(STALE) == 5
    build()
    assert site.read("html/page.html").count(STALE) == 5


def test_pages_can_be_built_side_by_side(site: Folder) -> None:
    for number in range(8):
        site.write(f"docs/more/{number}.md", '# More\n\n=== "Code"\n\n    text\n')
    make_stale(site)
    words = [sys.executable, "-m", "sphinx", "-W", "-b", "html", "-j", "2", "docs", "html"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("[codeout.stale]") == 1
    assert "not safe for parallel" not in done.stderr
    assert site.read("html/page.html").count(STALE) == 5
    assert "===" not in seen(site.read("html/more/7.html"))


@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")  # MyST-Parser asks for it
def test_included_pages_are_shown_and_checked_too(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("pyproject.toml", SETTINGS.replace('["docs"]', '["docs", "more.md"]'))
    site.page("more.md", ("1 + 1", "2"))
    site.write("docs/index.md", "# Home\n\n```{include} ../more.md\n```\n\n{doc}`page`\n")
    build()
    assert "more.md:3: WARNING: more.md is stale: never ran" in capsys.readouterr().err
    assert site.read("html/index.html").count(STALE) == 1
    codeout_run()
    build()
    assert site.read("html/index.html").count(NOTE) == 1


def test_modules_that_autodoc_shows_are_checked_too(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("pyproject.toml", SETTINGS.replace('["docs"]', '["docs", "twice_shown.py"]'))
    site.write("twice_shown.py", '"""Twice.\n\n>>> 2 * 2\n5\n"""\n')
    conf = CONF.replace('"codeout.sphinx"', '"codeout.sphinx", "sphinx.ext.autodoc"')
    site.write("docs/conf.py", f"import sys\n\nsys.path.insert(0, '.')\n{conf}")
    site.write("docs/index.md", "# Home\n\n```{eval-rst}\n.. automodule:: twice_shown\n```\n")
    build()
    assert "twice_shown.py:3: WARNING: twice_shown.py is stale" in capsys.readouterr().err


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


def test_templates_of_the_site_replace_ours(site: Folder) -> None:
    site.write("docs/conf.py", CONF + 'templates_path = ["theirs"]\n')
    site.write("docs/theirs/codeout/made.html", "<p>Made for {{ config.site_name }}</p>")
    build()
    assert site.read("html/page.html").count("<p>Made for small</p>") == 5


def test_tabs_are_a_tab_set_where_the_site_has_one(site: Folder) -> None:
    """Sphinx-design is not installed here; a module with its directives shows what they get."""
    site.write("docs/sphinx_design.py", TAB_SETS)
    conf = CONF.replace('"codeout.sphinx"', '"codeout.sphinx", "sphinx_design"')
    site.write("docs/conf.py", f"import sys\n\nsys.path.insert(0, 'docs')\n{conf}")
    build()
    page = site.read("html/page.html")
    assert page.count('<div class="tab-set docutils container">') == 3
    assert page.count('<div class="tab-item docutils container">') == 6
    assert page.count(NOTE) == 5


def test_a_project_without_settings_says_what_to_do(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.root / "pyproject.toml").unlink()
    assert build() == 2
    err = capsys.readouterr().err
    assert "the site needs settings with a lock" in err
