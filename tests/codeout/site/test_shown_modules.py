"""The modules that a page shows with mkdocstrings: a site with a stale one says so."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.integrations.renderers import site_of_mkdocs
from codeout.site.pages import SitePages
from codeout.site.shown_modules import shown_modules
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tests.codeout.integrations import test_markdown as zensical
from tests.codeout.integrations.mkdocs.test_plugin import BANNER, codeout_run
from tests.support.mkdocs_server import build_for_server, start_server

if TYPE_CHECKING:
    from tests.support.folder import Folder

DOCSTRING = '"""Adds.\n\n```python\n1 + 1\n```\n\n```\n2\n```\n"""\n'
SITE = "site_name: test\ntheme: {name: null, custom_dir: theme}\nplugins: [codeout]\n"
PAGES = 'pages = ["docs", "src/**/*.py"]\noutputs = ["fence"]\n'


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A site with a page that shows one of two modules of a package, and one of prose."""
    folder.write("pyproject.toml", f"[tool.codeout]\n{PAGES}")
    folder.write(
        "mkdocs.yml",
        "site_name: test\ntheme: {name: null, custom_dir: theme}\nplugins: [codeout]\n",
    )
    folder.write("theme/main.html", "{{ page.content }}\n")
    folder.write("docs/index.md", "# Prose\n")
    folder.write("docs/api.md", "# API\n\n::: pkg.sums\n    options:\n      members: true\n")
    folder.write("src/pkg/__init__.py", "")
    folder.write("src/pkg/sums.py", DOCSTRING)
    folder.write("src/pkg/others.py", DOCSTRING)
    codeout_run()
    return folder


def make_stale(folder: Folder, name: str = "sums") -> None:
    folder.write(f"src/pkg/{name}.py", DOCSTRING.replace("1 + 1", "1 + 2"))


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("Prose.", ""),
        ("::: pkg.sums", "sums"),
        ("::: pkg.sums.add", "sums"),
        ("### ::: src.pkg.sums", "sums"),
        ("::: pkg", "others sums"),
        (":::pkg.sums\n\n::: pkg.others\r\n::: pkg.sums", "others sums"),
        ("::: sums", ""),
        ("::: pk", ""),
        ("::: pkg.sum", ""),
        ("Look at ::: pkg.sums", ""),
        ("::: pkg.sums with words", ""),
    ],
)
def test_they_are_found_by_name(site: Folder, text: str, modules: str) -> None:
    pages = SitePages.open(site_of_mkdocs(load_config(str(site.root / "mkdocs.yml"))))
    names = [Path(known.plan.path).stem for known in shown_modules(pages, text)]
    assert sorted(name for name in names if name != "__init__") == modules.split()


def test_a_module_outside_of_packages_has_all_names(site: Folder) -> None:
    site.write("src/alone.py", DOCSTRING)
    pages = SitePages.open(site_of_mkdocs(load_config(str(site.root / "mkdocs.yml"))))
    for name in "alone", "src.alone", "alone.something":
        assert [known.plan.path for known in shown_modules(pages, f"::: {name}")] == [
            "src/alone.py"
        ]


def test_a_strict_build_fails_if_one_is_stale(
    site: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    build(load_config(str(site.root / "mkdocs.yml"), strict=True))
    assert BANNER not in site.read("site/api/index.html")
    make_stale(site, "others")
    build(load_config(str(site.root / "mkdocs.yml"), strict=True))
    make_stale(site)
    with pytest.raises(Abort), caplog.at_level(logging.WARNING):
        build(load_config(str(site.root / "mkdocs.yml"), strict=True))
    assert "src/pkg/sums.py is stale: code changed; `codeout run` refreshes it" in caplog.text
    build(load_config(str(site.root / "mkdocs.yml")))
    assert site.read("site/api/index.html").startswith(BANNER)
    assert BANNER not in site.read("site/index.html")


def test_a_server_shows_a_module_that_became_stale(site: Folder) -> None:
    start_server(site)
    build_for_server(site)
    assert BANNER not in site.read("site/api/index.html")
    make_stale(site)
    build_for_server(site)
    assert BANNER in site.read("site/api/index.html")


def test_zensical_builds_no_site_with_a_stale_one(site: Folder) -> None:
    site.write("mkdocs.yml", "site_name: test\nmarkdown_extensions: [codeout.markdown]\n")
    done = zensical.build(site)
    assert done.returncode == 0, done.stderr
    make_stale(site)
    done = zensical.build(site, "--clean")
    assert done.returncode == 1
    assert "src/pkg/sums.py is stale: code changed; `codeout run` refreshes it" in done.stderr
