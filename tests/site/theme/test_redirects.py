"""The redirects of ``theme/redirects.py``: old addresses lead to what took their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.folder import Folder
from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SITE = f"""
site_name: test
theme: {{name: material, font: false}}
hooks: [{(ROOT / "theme/redirects.py").as_posix()}]
extra:
  redirects:
"""
LIST = {
    "old/page.md": "new/page.md",
    "old/page.md#before": "new/page.md#after",
    "old/page.md#전": "new/page.md#after",
    "start.md": "index.md",
    "part.md": "new/page.md#after",
    "new/page.md#earlier": "new/page.md#after",
}


def site_with(folder: Folder, redirects: dict[str, str]) -> Folder:
    lines = [f'    "{old}": "{new}"\n' for old, new in redirects.items()]
    folder.write("mkdocs.yml", SITE + "".join(lines))
    folder.write("docs/index.md", "# Home\n")
    folder.write("docs/new/page.md", "# Page\n\n## Before the Rest { #rest }\n\n## After\n")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that MkDocs has built."""
    folder = site_with(Folder(tmp_path_factory.mktemp("site")), LIST)
    build(folder.root)
    return folder.root / "site"


def read(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "target"),
    [("old/page", "../../new/page/"), ("start", "../"), ("part", "../new/page/#after")],
)
def test_a_page_that_is_gone_leads_to_the_new_one(old: str, target: str, site: Path) -> None:
    text = read(site, old)
    assert re.findall('content="0; url=([^"]*)"', text) == [target]
    assert re.findall('<a href="([^"]*)"', text) == [target] * 2


def test_anchors_of_a_page_that_is_gone_are_led_to_new_ones(site: Path) -> None:
    assert '{"#before": "#after", "#%EC%A0%84": "#after"}' in read(site, "old/page")
    assert '{"": "#after"}' in read(site, "part")


def test_a_heading_has_the_anchor_that_it_had_before(site: Path) -> None:
    assert read(site, "new/page").count('<span id="earlier"></span><h2 id="after"') == 1


WRONG = {
    "old.md leads to gone.md, which is no page": {"old.md": "gone.md"},
    "old.md leads to index.md#gone, and the page has no such anchor": {"old.md": "index.md#gone"},
    "new/page.md is still a page": {"new/page.md": "index.md"},
    "index.md#a leads to another page than index.md does": {"index.md#a": "new/page.md#after"},
}


@pytest.mark.parametrize("told", WRONG)
def test_what_leads_nowhere_is_told(told: str, folder: Folder) -> None:
    with pytest.raises(AssertionError, match=re.escape(f"extra.redirects: {told}")):
        build(site_with(folder, WRONG[told]).root)
