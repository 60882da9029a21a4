"""Links to interactive figures become frames, and no other link does."""

from __future__ import annotations

import pytest
from codeout.site.frames import with_frames

HEIGHTS = {"../out/1.html": 300, "../out/a&b/1.html": 20}


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="../out/1.html">A &lt;line&gt;</a>', "A &lt;line&gt;"),
        ('<a href="../out/1.html"><img alt="A &lt;b&gt;" src="1.svg" /></a>', "A &lt;b&gt;"),
        ('<a class="wide" href="../out/1.html" title="t"><img src="x" width="9"></a>', ""),
    ],
)
def test_a_link_to_a_figure_becomes_a_frame(link: str, title: str) -> None:
    frame = with_frames(f"<p>{link}</p>", HEIGHTS)
    assert frame == (
        f'<p><iframe class="codeout-frame" src="../out/1.html" title="{title}" height="300"'
        ' sandbox="allow-scripts" loading="lazy"></iframe></p>'
    )


def test_an_address_is_compared_as_it_is() -> None:
    frame = with_frames('<a href="../out/a&amp;b/1.html">x</a>', HEIGHTS)
    assert 'src="../out/a&amp;b/1.html"' in frame


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../out/2.html">another figure</a>',
        '<a href="https://example.org/1.html">1</a>',
        '<a href="../out/1.html"><b>bold</b></a>',
        "<code>&lt;a href=&quot;../out/1.html&quot;&gt;</code>",
    ],
)
def test_other_links_stay(html: str) -> None:
    assert with_frames(html, HEIGHTS) == html
    assert with_frames(html, {}) == html


def test_an_author_may_choose_the_height() -> None:
    assert ' height="90" ' in with_frames('<a height="90" href="../out/1.html">x</a>', HEIGHTS)
