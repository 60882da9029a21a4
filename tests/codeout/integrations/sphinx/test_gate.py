"""The gate in Sphinx: stale pages are told in every build, and the cache hides nothing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sphinx.cmd.build import build_main

from tests.codeout.integrations.mkdocs.test_plugin import codeout_run
from tests.support.sphinx_site import BANNER, CONF, NOTE, SETTINGS, STALE, build, make_stale, seen

if TYPE_CHECKING:
    from tests.support.folder import Folder

SUFFIXES = {".html", ".xhtml", ".txt", ".tex", ".1"}
MISSING = "WARNING: unknown document: 'missing' [ref.doc]"


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


def test_what_is_wrong_on_a_page_is_told_by_line(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("docs/page.md", "# Page\n\n```python\nx = 1\n<<<<<<< ours\n")
    assert build("-W") == 1
    err = capsys.readouterr().err
    assert "docs/page.md:3: WARNING: a fence that does not close" in err
    assert "docs/page.md:5: WARNING: a merge left its conflict here\n  hint: choose what" in err


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
    assert page.count(BANNER) == bool(banners)
    assert BANNER not in site.read("html/index.html")


@pytest.mark.parametrize("builder", ["singlehtml", "text", "latex", "man", "epub"])
def test_a_stale_page_has_its_banner_on_sites_of_other_forms(site: Folder, builder: str) -> None:
    build(builder=builder)
    made = {file for file in (site.root / builder).rglob("*") if file.suffix in SUFFIXES}
    assert not [file for file in made if BANNER in file.read_text(errors="replace")]
    make_stale(site)
    build(builder=builder)
    assert sum(file.read_text(errors="replace").count(BANNER) for file in made) == 1


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


def test_another_builder_sees_the_change_that_the_first_one_saw(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    build()
    capsys.readouterr()
    build_main(["-d", "trees", "-b", "text", "docs", "text"])
    assert "0 added, 0 changed, 0 removed" in capsys.readouterr().out
    lock = site.read("codeout.lock")
    for text, banners in (("", 5), (lock, 0)):
        site.write("codeout.lock", text)
        for builder in ("html", "text"):
            build(builder=builder)
        assert site.read("html/page.html").count(STALE) == banners
        assert site.read("text/page.txt").count(STALE) == banners


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
    assert site.read("html/index.html").count(BANNER) == 1


def test_a_notebook_that_is_not_shown_is_told(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.notebook("docs/lab.ipynb", ("1 + 1", "2"))
    site.write(
        "docs/lab.md", "---\norphan: true\n---\n\n# Lab\n\n<!-- codeout-notebook lab.ipynb -->\n"
    )
    codeout_run()
    for _ in range(2):
        assert build("-W") == 1
        assert "docs/lab.md: WARNING: Sphinx shows no notebook here" in capsys.readouterr().err


def test_python_with_commands_is_no_warning(site: Folder) -> None:
    code = "<!-- codeout: out -->\n```python\n!echo $((1 + 1))\nfiles = !echo a\n```\n"
    site.write(
        "docs/page.md", f'# Page\n\n{code}\n=== "Code"\n\n    ```python\n    !echo b\n    ```\n'
    )
    codeout_run()
    assert build("-W") == 0
    assert site.read("html/page.html").count("highlight-ipython3") == 2


def test_an_unknown_word_for_stale_pages_is_told_once(
    site: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CODEOUT_STALE", "hide")
    assert site
    assert build() == 2
    assert capsys.readouterr().err.count("the variable CODEOUT_STALE is `hide`") == 1


@pytest.mark.parametrize("value", ["5", "None", "['a']"])
def test_an_address_of_another_type_is_none(site: Folder, value: str) -> None:
    site.write("docs/conf.py", f"{CONF}\ncodeout_repository = {value}\n")
    assert build() == 0
    assert "Report a problem" not in site.read("html/page.html")


def test_a_project_without_settings_says_what_to_do(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.root / "pyproject.toml").unlink()
    assert build() == 2
    err = capsys.readouterr().err
    assert "the site needs settings with a lock" in err


def test_an_error_in_the_settings_ends_the_build(
    site: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("pyproject.toml", SETTINGS.replace('["docs"]', '["docs", "gone.md"]'))
    assert build() == 2
    err = capsys.readouterr().err
    assert "Configuration error!" in err
    assert "`pages` in [tool.codeout] names gone.md: no such file or folder" in err
    assert not (site.root / "html/page.html").exists()
