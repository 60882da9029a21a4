"""Readers on slow lines: what a lesson takes with everything that it needs."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.site.browser.built import Site

BYTES = 200_000
REQUESTS = 12
LESSONS = [
    f"basics/{file.stem}/".replace("index/", "")
    for file in sorted((ROOT / "docs" / "basics").glob("*.md"))
]
COMPRESSED = {".png", ".webp"}
"""What servers send as it is."""


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_light(page: Page, site: Site, lesson: str) -> None:
    """All that Chromium asks for, to the end of the lesson, figures and all."""
    asked: set[str] = set()
    page.on("requestfinished", lambda request: asked.add(request.url.removeprefix(site.url)))
    page.goto(lesson)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    files = {name.partition("?")[0] for name in asked if not name.startswith("data:")}
    weights = {name: weight(site.folder / name) for name in files}
    told = "\n".join(f"{size:7} {name}" for name, size in sorted(weights.items()))
    assert sum(weights.values()) <= BYTES, told
    assert len(weights) <= REQUESTS, told
    for kind in (".css", ".js"):
        assert len([name for name in weights if name.endswith(kind)]) == 1, told


def weight(file: Path) -> int:
    """The bytes of a file as servers send it."""
    data = (file / "index.html" if file.is_dir() else file).read_bytes()
    return len(data) if file.suffix in COMPRESSED else len(gzip.compress(data, 6))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_hardly_more_elements_than_in_plain_material(
    page: Page, stock: Site, lesson: str
) -> None:
    """A tenth more, for the marks of the languages and what else readers have here."""
    counts = []
    for url in (lesson, stock.url + lesson):
        page.goto(url)
        counts.append(page.evaluate("document.getElementsByTagName('*').length"))
    ours, theirs = counts
    assert ours <= 1.1 * theirs
