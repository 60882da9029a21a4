"""HTML of a page's values, in the site's own Markdown: it shows, and does nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from codeout.output.markdown import rich
from codeout.output.sanitize import sanitize

from tests.support.rendered import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "script in a table": "<table><script>alert(1)</script><tr><td>1</td></tr></table>",
    "script in SVG": "<svg><script>alert(1)</script><a href='javascript:a()'>x</a></svg>",
    "script by a namespace": "<math><mtext><mglyph><style></math><img src onerror=a()>",
    "event handlers": "<div onclick=a() onmouseover='a()'>x</div><details ontoggle=a() open>y",
    "an address that runs": "<a href='java\tscript:alert(1)'>x</a><a href='data:text/html,x'>y</a>",
    "links that leave": "<a href='https://example.org'>x</a><area href=x><map name=y></map>",
    "pictures": "<img src=https://example.org/x.png><picture><source srcset=x></picture>",
    "other remote resources": (
        "<link rel=stylesheet href=//x.org><iframe src=x></iframe><object data=x></object>"
        "<embed src=x><video src=x poster=y></video><audio src=x></audio><base href=//x.org>"
        "<table background=//x.org/x.png><tr><td>1</td></tr></table>"
    ),
    "styles of elements": (
        "<style>#x { color: red; background: url(//x.org); position: fixed }</style>"
        "<b id=\"x\" style='position:fixed;color:expression(alert(1))'>x</b>"
    ),
    "styles": "<style>@import '//x.org'</style><b style='background:url(//x.org)'>x</b>",
    "forms": (
        "<form action=//x.org><input name=password><textarea></textarea><select></select>"
        "<button formaction=//x.org>Sign in</button></form>"
    ),
    "ids and names": "<b id=__search>x</b><b name=y>z</b><label for=__drawer>menu</label>",
    "the site's classes": "<div class='md-overlay admonition'>x</div><b class=dataframe>y</b>",
    "what scripts look for": "<div data-md-component=announce hidden tabindex=0 role=alert>x</div>",
    "the site's landmarks": "<nav>x</nav><header>y</header><footer>z</footer><article>w</article>",
    "a page's end": "</div></div></article></main><h1>Other</h1>",
    "a comment": "<!-- codeout: skip --><!--[if IE]><script>a()</script><![endif]-->x",
    "a meta element": "<meta http-equiv=refresh content='0;url=//x.org'>x",
    "Markdown": "<div markdown='1'>\n\n# Heading\n\n[x](https://example.org)\n\n</div>",
    "an include": '<p>\n--8<-- "device.py"\n</p>',
    "Jinja": "<b title='{{ 1 }}'>{{ config }}{% raw %}</b>",
    "broken off": '<table><tr><td title="x',
}
SHOWING = """\
abbr b bdi blockquote br caption center code col colgroup data dd del details dfn div dl dt em
figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small span strike
strong sub summary sup table tbody td th thead time tr tt u ul var wbr
"""
HARMLESS = {"title", "colspan", "rowspan", "scope", "style"}
STYLE = re.compile(r"((background-)?color|font-(style|weight)|text-align):[\w\s#%.,()-]*")


def added(html: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    """The elements that an output of HTML adds to a page, with their attributes."""
    seen = rendered(rich(html)).elements
    start = seen.index(("div", {"class": "codeout-html"}))
    assert seen[:start] == rendered(rich("x")).elements[:start]
    yield from seen[start + 1 :]


@pytest.mark.parametrize("html", ATTACKS.values(), ids=ATTACKS)
def test_html_shows_and_does_nothing(html: str) -> None:
    for tag, attributes in added(html):
        assert tag in SHOWING.split()
        assert attributes.keys() <= HARMLESS
        styles = filter(None, (attributes.get("style") or "").split(";"))
        assert all(map(STYLE.fullmatch, styles))
    assert "alert(1)" not in rendered(rich(f"{html}<i>")).words


@pytest.mark.parametrize("html", ATTACKS.values(), ids=ATTACKS)
def test_cleaned_html_stays_as_it_is(html: str) -> None:
    assert sanitize(sanitize(html)) == sanitize(html)


def test_a_data_frame_is_shown_as_it_is() -> None:
    frame = (
        '<table border="1" class="dataframe"><thead><tr style="text-align: right;">'
        '<th></th><th colspan="2">이름</th></tr></thead>'
        '<tbody><tr><th scope="row">0</th><td rowspan="2">a*b*</td></tr></tbody></table>'
    )
    found = [*added(frame)]
    assert found == [
        ("table", {"class": "dataframe"}),
        ("thead", {}),
        ("tr", {"style": "text-align:right"}),
        ("th", {}),
        ("th", {"colspan": "2"}),
        ("tbody", {}),
        ("tr", {}),
        ("th", {"scope": "row"}),
        ("td", {"rowspan": "2"}),
    ]


def test_text_in_html_cannot_be_turned_around() -> None:
    assert sanitize("<b title='\u202ex'>a\u202eb</b>") == r'<b title="\u202ex">a\u202eb</b>'
