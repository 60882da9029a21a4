"""What GitHub shows of the repository: its links and paths lead somewhere."""

from __future__ import annotations

import re

import pytest

from tests.support.paths import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
OURS = re.compile(r"`((?:\.github|bench|docs|packages|snippets|standins|tests|theme)/[^`*]*)`")
ON_GITHUB = "../../security/advisories/new"  # relative to the page that shows SECURITY.md


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_paths_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = {target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target}
    missing = {path for path in links | {*OURS.findall(text)} if not (ROOT / path).exists()}
    assert missing == ({ON_GITHUB} if name == "SECURITY.md" else set())


def test_anchors_are_there() -> None:
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for page, anchor in re.findall(r"\]\((docs/[^)#]+)#([^)]+)\)", text):
            page_text = (ROOT / page).read_text(encoding="utf-8")
            headings = re.findall(r"^#+ (.+?)(?: \{.*)?$", page_text, re.MULTILINE)
            assert anchor in {re.sub(r"\W+", "-", each.lower()) for each in headings}


def test_the_readme_holds_every_page_about_the_programs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = {f"docs/engine/{page.name}" for page in (ROOT / "docs" / "engine").glob("*.md")}
    assert pages <= {*re.findall(r"\]\(([^)#]+)", text)}
