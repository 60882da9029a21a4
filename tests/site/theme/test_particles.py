"""The hook in ``theme/particles.py``: particles stay with what stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from particles import join_particles, joined
from search_page import read_page

if TYPE_CHECKING:
    from tests.support.folder import Folder


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("텐서(tensor)를", "텐서(tensor{)를}"),
        ("\u2018일부 비교\u2019로", "\u2018일부 비교{\u2019로}"),
    ],
)
def test_a_particle_is_joined(text: str, shown: str) -> None:
    whole = shown.replace("{", '<span class="whole">').replace("}", "</span>")
    assert joined(f"<p>{text}</p>") == f"<p>{whole}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "(tensor) 다음, <code>a</code>는 (텐서)",
        '<a title="텐서(tensor)를">텐서</a>',
        "<pre><code>f()는</code></pre>",
        "<svg><text>f()는</text></svg>",
        "<script>f()는</script><title>f()는</title><!-- f()는 -->",
        "<code>f()</code>는",  # code may be too long for a line
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert joined(text) == text


def test_the_search_reads_words_whole(folder: Folder) -> None:
    article = '<article><h1>가</h1><p lang="ko">텐서(tensor)를</p></article>'
    page = folder.write("index.html", article)
    join_particles(folder.root)
    text = page.read_text(encoding="utf-8")
    assert 'class="whole"' in text
    found = read_page(text)
    assert found
    assert found["sections"][0]["text"]["ko"].strip() == "텐서(tensor)를"
