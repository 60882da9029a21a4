"""Files of interactive figures: they hold their data, and ask for nothing from elsewhere."""

from __future__ import annotations

import json
import re

import pytest
from codeout.output.frames import figure_in, frame_of, height_in
from codeout.output.interactive import LIBRARIES
from codeout.output.model import Figure, Interactive
from hypothesis import given
from hypothesis import strategies as st

from tests.support.charts import altair, bokeh, plotly

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
HOSTILE = st.sampled_from(["</script>", "<!--", "</noscript>\n", "\u2028", "{0}", "<script"])
TEXTS = st.lists(TEXT | HOSTILE).map("".join)


@given(TEXTS, st.sampled_from(LIBRARIES))
def test_a_figure_is_read_back(text: str, library: str) -> None:
    figure = Interactive(text if library == "html" else json.dumps({"title": text}), library)
    read = figure_in(frame_of(figure, ["../scripts/x.js"], "1.png"))
    assert read is not None
    if library == "html":
        assert read == figure
    else:
        assert json.loads(read.data) == {"title": text}
        assert "<" not in read.data, "nothing in it ends its element"


def test_other_files_hold_no_figure() -> None:
    for data in (
        b"",
        b"<!DOCTYPE html>\n<html>",
        b"\xff",
        b"<!DOCTYPE html>\n<!-- codeout: x -->\n",
    ):
        assert figure_in(data) is None
        assert height_in(data) == 450


@pytest.mark.parametrize("library", LIBRARIES)
def test_nothing_is_loaded_from_elsewhere(library: str) -> None:
    frame = frame_of(Interactive("{}", library), ["../scripts/x.js"], "1.svg").decode()
    head, policy, body = frame.partition("default-src 'none'; ")
    assert policy
    assert "connect-src" not in frame, "what is not named is `none`"
    assert not re.search(r"https?://|//\w", head + body)
    assert re.findall(r'src="(.*?)"', body) == ["1.svg", *["../scripts/x.js"] * (library != "html")]


@pytest.mark.parametrize(
    ("figure", "height"),
    [
        (Interactive(json.dumps(plotly(1.5)), "plotly"), 300),
        (Interactive('{"layout": {"height": 1e9}}', "plotly"), 450),
        (Interactive('{"layout": {"height": "high"}}', "plotly"), 450),
        (Interactive("[" * 100_000, "plotly"), 450),
        (Interactive(json.dumps(bokeh(1, 1.5)), "bokeh"), 258),
        (Interactive('{"roots": []}', "bokeh"), 450),
        (Interactive(json.dumps(altair("data-1", 1.5)), "altair"), 450),
        (Interactive("{}", "altair", Figure(b'<svg width="9" height="346.5">', "svg")), 354),
        (Interactive('<canvas height="120"></canvas>', "html"), 128),
        (Interactive('<div style="height: 320px"></div>', "html"), 328),
        (Interactive('<div style="height: 100%"></div>', "html"), 450),
    ],
)
def test_the_height_of_a_frame_is_that_of_its_figure(figure: Interactive, height: int) -> None:
    assert height_in(frame_of(figure, [], "")) == height


def test_a_column_of_bokeh_is_as_high_as_its_parts() -> None:
    (part,) = bokeh(1, 1.5)["roots"]
    row = {"name": "Row", "attributes": {"children": [part, part]}}
    column = {"name": "Column", "attributes": {"children": [row, part]}}
    frame = frame_of(Interactive(json.dumps({"roots": [column]}), "bokeh"), [], "")
    assert height_in(frame) == 2 * 250 + 8
