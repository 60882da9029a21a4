"""The templates of notes: links lead from the page that shows them, and names are escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.site.settings import Site, with_ours
from codeout.site.templates import ShownPage, render

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("", "", "./"),
        ("", "a/", "a/"),
        ("a/", "", "../"),
        ("a/b/", "a/c/", "../c/"),
        ("a/b.html", "a/c.html", "c.html"),
        ("index.html", "a/c.html", "a/c.html"),
        ("a/", "a/", "./"),
    ],
)
def test_links_lead_from_the_page(here: str, there: str, link: str, tmp_path: Path) -> None:
    (tmp_path / "codeout").mkdir()
    (tmp_path / "codeout" / "link.html").write_text("{{ there | url }}", encoding="utf-8")
    site = Site(tmp_path, tmp_path, tmp_path, templates=with_ours([tmp_path]))
    assert render(site, "link", ShownPage("", here, {}), there=there) == link


def test_names_are_escaped(tmp_path: Path) -> None:
    codeout = {"fresh": True, "python": "3", "versions": {"<b>": "1"}, "device": "<i>", "date": ""}
    note = render(
        Site(tmp_path, tmp_path, tmp_path),
        "made",
        ShownPage("", "", {}),
        codeout={**codeout, "seconds": 1, "stand_ins": ["<u>"]},
        path="a",
        block="b",
    )
    assert "&lt;b&gt; 1" in note
    assert not any(tag in note for tag in ("<b>", "<i>", "<u>"))
