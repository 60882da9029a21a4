"""What a page says of itself."""

from __future__ import annotations

import pytest
from codeout.site.front_matter import read_meta, read_title

PAGES = {
    "---\ntitle: A b\n---\n\n# Other\n": ({"title": "A b"}, "A b"),
    "---\nlang: en\n---\n# The `run` *command* { #id }\n": ({"lang": "en"}, "The run command"),
    "Text.\n\n```\n# comment\n```\n\n# Title #\n": ({}, "Title"),
    "---\n- a list\n---\n# T\n": ({}, "T"),
    "---\na: [\n---\n# T\n": ({}, "T"),
    "No heading.\n": ({}, ""),
    "## Second\n": ({}, ""),
}


@pytest.mark.parametrize("text", PAGES)
def test_a_page_says_its_metadata_and_its_title(text: str) -> None:
    meta = read_meta(text)
    assert (meta, read_title(text, meta)) == PAGES[text]
