"""Readers on slow lines: what a lesson takes with everything that it needs."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.browser.built import Site

LIMIT = 200_000
LESSONS = [file.stem for file in sorted((ROOT / "docs" / "basics").glob("*.md"))]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_light(page: Page, site: Site, lesson: str) -> None:
    """Compressed as servers do, all that Chromium asks for at first, figures left out."""
    weights: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: weights.setdefault(request.url.removeprefix(site.url), 0),
    )
    page.goto(f"basics/{lesson}/".replace("index/", ""))
    page.wait_for_load_state("networkidle")
    for name in weights:
        file = site.folder / name.partition("?")[0]
        data = (file / "index.html" if file.is_dir() else file).read_bytes()
        weights[name] = 0 if file.suffix == ".png" else len(gzip.compress(data, 6))
    told = "\n".join(f"{size:7} {name}" for name, size in weights.items())
    assert sum(weights.values()) <= LIMIT, told
