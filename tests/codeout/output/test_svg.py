"""SVG: what acts is removed, and nothing else is touched."""

from __future__ import annotations

import pytest
from codeout.output.svg import clean_svg

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "inner",
    [
        '<rect fill="url(#a)" style="fill: url(#b)"/>',
        "<style>*{stroke-linejoin: round}</style>",
        '<use xlink:href="#m1"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<!-- a comment --><text>onload=1 javascript: https://example.org</text>",
        '<animate attributeName="x" to="3"/>',
    ],
)
def test_what_does_not_act_comes_back_as_it_was(inner: str) -> None:
    source = f'<?xml version="1.0" encoding="utf-8"?>\n{SVG.format(inner)}\n'.encode()
    assert clean_svg(source) == source


@pytest.mark.parametrize(
    ("inner", "left"),
    [
        ("<script>f()</script><g/>", "<g />"),
        ("<g><foreignObject><p>x</p></foreignObject></g>", "<g />"),
        ('<g onclick="f()" id="a"/>', '<g id="a" />'),
        ('<a href="https://example.org"><g/></a>', "<a><g /></a>"),
        ('<image xlink:href="https://example.org/a.png"/>', "<image />"),
        ("<style>@import 'https://example.org/a.css';</style><g/>", "<g />"),
        ('<rect style="fill: url(https://example.org/a.svg)"/>', "<rect />"),
        ('<a><set attributeName="href" to="https://example.org"/></a>', "<a />"),
        (r"<style>*{fill: \75rl(https://example.org/a.svg)}</style><g/>", "<g />"),
        (r'<g style="fill: \75rl(https://example.org/a.svg)"/>', "<g />"),
    ],
)
def test_what_acts_is_removed(inner: str, left: str) -> None:
    cleaned = clean_svg(SVG.format(inner).encode()).decode()
    assert cleaned.partition(">")[2].removesuffix("</svg>") == left
    assert clean_svg(cleaned.encode()).decode() == cleaned


def test_a_handler_of_the_whole_picture_is_removed() -> None:
    assert b"onload" not in clean_svg(b'<svg onload="f()"><g/></svg>')


def test_a_style_sheet_from_elsewhere_is_removed() -> None:
    """In any encoding: what reads the picture looks at its instructions, not at its bytes."""
    source = f'<?xml-stylesheet href="https://example.org/a.css"?>{SVG.format("<g/>")}'
    for data in (source.encode(), source.encode("utf-16")):
        assert b"example.org" not in clean_svg(data).replace(b"\0", b"")


def test_a_picture_that_is_nested_too_deeply_is_told() -> None:
    deep = f"{'<g>' * 5000}<script/>{'</g>' * 5000}"
    with pytest.raises(ValueError, match="recursion"):
        clean_svg(SVG.format(deep).encode())


@pytest.mark.parametrize("data", [b"", b"<svg>", b"not SVG", b"<svg>&unknown;</svg>", b"\xff"])
def test_what_is_not_well_formed_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        clean_svg(data)
