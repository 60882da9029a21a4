"""Outputs in a page: written so that nothing in them is read as something else, and read back."""

from __future__ import annotations

from textwrap import dedent

import pytest
from codeout.output.markdown import body, printed, rich
from codeout.output.markdown_reader import ForeignText, read
from codeout.output.shown import Picture, Printed, Rich, Shown
from codeout.page.model import FenceStyle, Slot
from hypothesis import given
from hypothesis import strategies as st

PLAIN = Slot("", 1, (0,), "")


def slot(
    source: str = "", prefix: str = "", newline: str = "\n", style: FenceStyle | None = None
) -> Slot:
    return Slot(source, 1, (0,), prefix, newline, style or FenceStyle())


WRITTEN: dict[str, tuple[list[Shown], Slot, str]] = {
    "nothing": ([], PLAIN, "```\n```\n"),
    "text": ([Printed("a\n\nb")], PLAIN, "```\na\n\nb\n```\n"),
    "backticks in the text": ([Printed("```\nx````")], PLAIN, "`````\n```\nx````\n`````\n"),
    "the fence of the place": (
        [Printed("a ~~~~")],
        slot(style=FenceStyle("~", 4, " text")),
        "~~~~~ text\na ~~~~\n~~~~~\n",
    ),
    "the indentation of the place": (
        [Printed("a\n\nb")],
        slot(prefix="    > ", newline="\r\n"),
        "    > ```\r\n    > a\r\n    >\r\n    > b\r\n    > ```\r\n",
    ),
    "several": (
        [Printed("a"), Picture("a.png", "A", "{ width=3 }"), Rich("<b>")],
        PLAIN,
        "```\na\n```\n\n![A](a.png){ width=3 }\n\n<b>\n",
    ),
    "an include": ([Printed('--8<-- "a.py"')], PLAIN, '```\n;--8<-- "a.py"\n```\n'),
    "an escaped include": ([Printed(';--8<-- "a.py"')], PLAIN, '```\n;;--8<-- "a.py"\n```\n'),
    "a section of a snippet": (
        [Printed("# --8<-- [start:one]")],
        PLAIN,
        "```\n# ;--8<-- [start:one]\n```\n",
    ),
    "a section mark alone": (
        [Printed("--8<-- [start:one]")],
        PLAIN,
        "```\n;--8<-- [start:one]\n```\n",
    ),
    "a template": (
        [Printed("{{ name }}")],
        PLAIN,
        "<!-- {% raw %} -->\n\n```\n{{ name }}\n```\n\n<!-- {% endraw %} -->\n",
    ),
}


@pytest.mark.parametrize(("shown", "place", "text"), WRITTEN.values(), ids=WRITTEN)
def test_body(shown: list[Shown], place: Slot, text: str) -> None:
    assert body(shown, place) == text


@pytest.mark.parametrize("prefix", ["", "    ", "> ", "    > "])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(text=st.text(st.sampled_from("ab `~;-8<>\"'.[]:{}%#!()=\n")).map(str.rstrip))
def test_what_was_written_is_read_back(prefix: str, newline: str, text: str) -> None:
    lines = "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")
    shown = (Printed(lines),) if lines else ()
    place = slot(prefix=prefix, newline=newline)
    written = body(shown, place)
    assert read(slot(written, prefix, newline)) == shown


def test_pictures_and_html_are_read_back() -> None:
    shown = (Printed("a"), Picture("a%20b.png", "a [b]", "{ width=3 }"), rich("<b>x</b>"))
    assert read(slot(body(shown, PLAIN))) == shown


def test_an_output_that_an_author_wrote_is_read_the_same() -> None:
    source = dedent("""\
        ~~~ text
        a
        ~~~
        ![fig](x.png)
    """)
    assert read(slot(source)) == (Printed("a"), Picture("x.png", "fig"))


def test_other_text_is_foreign() -> None:
    with pytest.raises(ForeignText) as error:
        read(slot("```\na\n```\n\nAs we see,\n"))
    assert error.value.offset == 4


def test_text_that_would_end_the_template_guard_goes_without_a_fence() -> None:
    assert printed("a\n{% endraw %} <b>") == Rich(
        '<pre class="codeout-text">a&#10;&#123;% endraw %&#125; &lt;b></pre>'
    )


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        pytest.param("<b>x</b>", "<b>x</b>", id="harmless"),
        pytest.param("a<script>alert(1)</script>b", "ab", id="script"),
        pytest.param("\ud83dx", "?x", id="half a character"),
        pytest.param('<b onclick="x()">x</b>', "<b>x</b>", id="handler"),
        pytest.param('<img src="http://a/b.png">x', "x", id="picture from elsewhere"),
        pytest.param("<style>b {}</style>x", "x", id="style"),
        pytest.param("<b>\n  x\n\n</b>", "<b> x </b>", id="lines"),
        pytest.param(
            "<td>_x_ {{ y }}</td>", "&#95;x&#95; &#123;&#123; y &#125;&#125;", id="markup"
        ),
        pytest.param(
            '<table><tr><th scope="row" colspan="2">x</th></tr></table>',
            '<table><tbody><tr><th scope="row" colspan="2">x</th></tr></tbody></table>',
            id="table",
        ),
    ],
)
def test_html_is_sanitized_and_inert(html: str, clean: str) -> None:
    assert rich(html) == Rich(f'<div class="codeout-html">{clean}</div>')
