"""Colours of printed text: written into a page, read back, and seen in both palettes."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from pathlib import Path

import codeout
import pytest
from codeout.output.colours import from_html, normalize_coloured, restyled, to_html
from codeout.output.markdown import body, printed
from codeout.output.markdown_reader import read
from codeout.output.normalize import Places, normalize
from codeout.output.shown import Printed, Rich
from codeout.page.model import Slot
from codeout.text.sgr import COLOURS, without_styles
from hypothesis import given
from hypothesis import strategies as st

PLACES = Places(work="/tmp/page-x1y2", home="/home/ada")  # noqa: S108
CSS = Path(codeout.__file__).with_name("site") / "codeout.css"
LIGHT, SLATE = (0xF5 / 255,) * 3, hls_to_rgb(225 / 360, 0.18, 0.15)
"""The grounds of code in the palettes of Material for MkDocs."""

sequences = st.lists(st.integers(0, 110) | st.sampled_from([38, 48, 5, 2, 255])).map(
    lambda numbers: f"\x1b[{';'.join(map(str, numbers))}m"
)
pieces = st.text(max_size=5) | st.sampled_from(
    ["</pre>", "<span>", "&lt;", "{{ x }}", "/home/ada/a.py", "\n", "\r", "\x1b[K", "\x1b[A", "한"]
)
coloured = st.lists(sequences | pieces).map("".join)


@given(text=coloured)
def test_text_is_that_without_colours(text: str) -> None:
    assert without_styles(normalize_coloured(text, PLACES)) == normalize(text, PLACES)


@pytest.mark.parametrize("prefix", ["", "    ", "> "])
@given(text=coloured)
def test_what_was_written_is_read_back(prefix: str, text: str) -> None:
    shown = printed(normalize_coloured(text, PLACES).rstrip("\n"))
    if not (isinstance(shown, Printed) and shown.styled):
        return
    written = body([shown], Slot("", 1, (0,), prefix))
    assert written.count("\n") == 1
    assert read(Slot(written, 1, (0,), prefix)) == (shown,)
    assert normalize_coloured(shown.styled, PLACES) == shown.styled


@pytest.mark.parametrize(
    "line",
    [
        '<pre class="codeout-text"><span class="codeout-red" onclick="x()">a</span></pre>',
        '<pre class="codeout-text"><span class="md-nav codeout-red">a</span></pre>',
        '<pre class="codeout-text"><span class="codeout-red">a<b>b</b></span></pre>',
        '<pre class="codeout-text"><span class="codeout-pink">a</span></pre>',
    ],
)
def test_html_of_others_is_no_printed_text(line: str) -> None:
    assert from_html(line) == ""
    assert read(Slot(f"{line}\n", 1, (0,), "")) == (Rich(line),)


@pytest.mark.parametrize(
    ("printed_text", "styled"),
    [
        ("\x1b[1;31ma\x1b[m", "\x1b[1;31ma\x1b[0m"),
        ("\x1b[38;5;196ma", "\x1b[91ma\x1b[0m"),
        ("\x1b[48:2::0:0:250ma", "\x1b[44ma\x1b[0m"),
        ("\x1b[31;7ma\x1b[27mb", "\x1b[41ma\x1b[0m\x1b[31mb\x1b[0m"),
        ("\x1b[31mab\rc", "\x1b[31mcb\x1b[0m"),
        ("\x1b[31mab\r\x1b[0mc", "c\x1b[31mb\x1b[0m"),
        ("\x1b[?25l\x1b[38;5mab", "ab"),
    ],
)
def test_styles(printed_text: str, styled: str) -> None:
    assert normalize_coloured(printed_text, PLACES) == styled


def test_lines_that_stay_keep_their_colours() -> None:
    assert restyled("a\n...\nb", "\x1b[31ma\x1b[0m\nx\n\x1b[32mb\x1b[0m") == (
        "\x1b[31ma\x1b[0m\n...\n\x1b[32mb\x1b[0m"
    )
    assert to_html("\x1b[31ma\x1b[0m").endswith('<span class="codeout-red">a</span></pre>')


def test_every_colour_can_be_read_in_both_palettes() -> None:
    light, slate, *_ = re.findall(r"\.codeout-text \{(.*?)\}", f" {CSS.read_text()}", re.DOTALL)
    for colour in COLOURS:
        for palette, ground in ((light, LIGHT), (slate, SLATE)):
            (text,) = re.findall(rf"--codeout-{colour}: (#\w+);", palette)
            assert contrast(rgb(text), ground) >= 4.5, colour
        (on,) = re.findall(rf"\.codeout-on-{colour} \{{(.*?)\}}", CSS.read_text(), re.DOTALL)
        ground, text = map(rgb, re.findall(r"#\w{6}", on))
        assert contrast(text, ground) >= 4.5, colour


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The ratio of two colours in WCAG 2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
