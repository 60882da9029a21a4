"""Sphinx copies the files of pages beside the site: no reader finds hidden blocks there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.sphinx_site import CONF, build

if TYPE_CHECKING:
    from tests.support.folder import Folder


@pytest.mark.parametrize(("suffix", "name"), [(".txt", "page.md.txt"), (".md", "page.md")])
def test_the_copies_have_no_hidden_blocks(site: Folder, suffix: str, name: str) -> None:
    site.write("docs/conf.py", f"{CONF}html_sourcelink_suffix = {suffix!r}\n")
    assert build() == 0
    before, _, hidden = site.read("docs/page.md").partition("<!-- codeout: hidden")
    assert 'hidden = "-->"' in hidden
    assert site.read(f"html/_sources/{name}").rstrip() == before.rstrip()
    assert 'href="_sources/' in site.read("html/page.html")
    site.write("docs/index.md", site.read("docs/index.md") + "\nMore.\n")
    assert build() == 0
    assert "hidden" not in site.read(f"html/_sources/{name}"), "those of an earlier build"


def test_a_site_without_copies_is_as_it_was(site: Folder) -> None:
    site.write("docs/conf.py", f"{CONF}html_copy_source = False\n")
    assert build() == 0
    assert [*(site.root / "html/_sources").glob("*")] == []
