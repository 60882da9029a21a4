"""Old addresses: whoever has kept one arrives where the page is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout import read_site

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.site.browser.built import Site

COURSE = read_site(ROOT)
REDIRECTS: dict[str, str] = COURSE.extra["redirects"]
# Where a page or a heading gets another address, its old one stays in this file, and gets a line
# under `extra.redirects` in mkdocs.yml.
KEPT = Path(__file__).with_name("addresses.txt").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("address", KEPT)
def test_an_address_that_was_kept_leads_somewhere(address: str, site: Site) -> None:
    page, _, anchor = address.partition("#")
    text = (site.folder / page / "index.html").read_text(encoding="utf-8")
    assert not anchor or f'id="{anchor}"' in text


@pytest.mark.parametrize("old", REDIRECTS)
def test_a_reader_arrives_with_anchor_and_query(old: str, page: Page, site: Site) -> None:
    new = COURSE.url(REDIRECTS[old])
    page.goto(f"{site.url}{COURSE.url(old)}?lang=en#references")
    page.wait_for_url(f"{site.url}{new}*")
    page.wait_for_selector("article h1")
    assert page.url.startswith(f"{site.url}{new}")
    assert page.url.endswith("#references")
    assert page.evaluate("document.documentElement.dataset.reading") == "en"


def test_without_scripts_a_reader_arrives_at_the_page(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}guide/live/")
    page.wait_for_url(f"{site.url}engine/live/")
    context.close()
