"""The hook in ``theme/particles.py``: particles are joined to what stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from particles import JOINER, join_particles, joined
from search_page import read_page

if TYPE_CHECKING:
    from tests.support.folder import Folder


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("텐서(tensor)를", "텐서(tensor)|를"),
        ("<code>a.eval()</code>을", "<code>a.eval()</code>|을"),
        ("<a href='#'><code>lr=</code></a>에", "<a href='#'><code>lr=</code></a>|에"),
        ("\u2018일부 비교\u2019로, 85%입니다", "\u2018일부 비교\u2019|로, 85%|입니다"),
        ("<code>_</code>에", "<code>_</code>|에"),
    ],
)
def test_a_particle_is_joined(text: str, shown: str) -> None:
    assert joined(f"<p>{text}</p>").replace(JOINER, "|") == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "(tensor) 다음, <code>a</code>는 (텐서)",
        '<a title="텐서(tensor)를">텐서</a>',
        "<pre><code>f()는</code></pre>",
        "<script>f()는</script><title>f()는</title><!-- f()는 -->",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert joined(text) == text


def test_the_search_reads_words_without_joiners(folder: Folder) -> None:
    article = '<article><h1>가</h1><p lang="ko">텐서(tensor)를</p></article>'
    page = folder.write("index.html", article)
    join_particles(folder.root)
    text = page.read_text(encoding="utf-8")
    assert JOINER in text
    found = read_page(text)
    assert found
    assert found["sections"][0]["text"]["ko"].strip() == "텐서(tensor)를"
