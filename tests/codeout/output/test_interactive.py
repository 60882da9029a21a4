"""Which values can be interactive: what libraries display, and why some of it cannot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from codeout.output.interactive import LIBRARIES, StillError, interactive_of

from tests.support.charts import ALTAIR, BOKEH, PLOTLY, altair, bokeh, install, plotly

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All libraries are installed."""
    install(tmp_path / "packages", monkeypatch)


@pytest.mark.parametrize(
    ("library", "bundle"),
    [
        ("plotly", {PLOTLY: plotly(1.5), "text/html": "<div>", "text/plain": "Figure"}),
        ("altair", {ALTAIR: altair("data-1", 1.5), "text/html": "<script>x</script><div>"}),
        ("altair", {"application/vnd.vegalite.v5.json": altair("data-1", 1.5)}),
        ("altair", {"application/vnd.vega.v6+json": {"data": [], "marks": []}}),
        ("bokeh", {BOKEH: bokeh(1001, 1.5), "text/plain": "figure(…)"}),
    ],
)
def test_the_data_are_those_of_the_bundle(library: str, bundle: dict[str, Any]) -> None:
    figure = interactive_of(bundle, LIBRARIES, result=True)
    assert figure is not None
    assert (figure.library, figure.result) == (library, True)
    assert json.loads(figure.data) == next(value for value in bundle.values())
    assert interactive_of(bundle, {*LIBRARIES} - {library}) is None, "it was not asked for"


def test_what_show_of_bokeh_displays_is_in_a_script() -> None:
    script = f"  const docs_json = {json.dumps({'5b9e': bokeh(1001, 1.5)})};\n  const x = {{}};"
    figure = interactive_of({"application/javascript": script, BOKEH: ""}, ["bokeh"])
    assert figure is not None
    assert json.loads(figure.data) == bokeh(1001, 1.5)


@pytest.mark.parametrize(
    "html",
    [
        '<div id="a"></div><script>document.getElementById("a").textContent = 1</script>',
        "<script>\nlet x = 1;\n</script>\n<canvas></canvas>",
        '<style>p { color: red }</style><button onclick="x()">x</button><script>x</script>',
        '<a href="https://example.org/">elsewhere</a><script>draw()</script>',
    ],
)
def test_html_with_its_own_script(html: str) -> None:
    figure = interactive_of({"text/html": html, "text/plain": "x"}, ["html"])
    assert figure is not None
    assert figure.data == html


@pytest.mark.parametrize(
    "bundle",
    [
        {"text/html": "<table><tr><td>1</td></tr></table>"},
        {"text/html": "<script>window.library = 1</script><style>p {}</style>"},
        {"text/html": "<style>p {}</style><p>no script</p>"},
        {"text/plain": "<script>x</script><div>"},
        {
            "text/html": "<script>x</script><div></div>",
            "application/vnd.jupyter.widget-view+json": {},
        },
        {"text/html": "<script>x</script><div></div>", PLOTLY: plotly(1.5)},
        {},
    ],
)
def test_html_that_is_no_figure(bundle: dict[str, Any]) -> None:
    assert interactive_of(bundle, ["html"]) is None


MAP = {"data": [{"type": "choropleth"}], "layout": {}}
TILES = bokeh(1, 1.5) | {"roots": [{"type": "object", "name": "WMTSTileSource", "id": "p1"}]}
AWAY = "https://example.org/a.csv"


@pytest.mark.parametrize(
    ("bundle", "why"),
    [
        ({PLOTLY: MAP}, "it loads the outlines or the tiles of a map"),
        ({PLOTLY: {"data": [], "layout": {"images": [{"source": AWAY}]}}}, f"it loads {AWAY}"),
        ({ALTAIR: {"data": {"url": AWAY}}}, f"it loads {AWAY}"),
        ({ALTAIR: {"mark": "image", "encoding": {"url": {"field": "x"}}}}, "pictures"),
        ({BOKEH: TILES}, "it loads what its WMTSTileSource names"),
        ({BOKEH: ""}, "bokeh gives no data of it"),
        ({BOKEH: "", "application/javascript": "const docs_json = {"}, "bokeh gives no data"),
        ({BOKEH: "", "application/javascript": "const docs_json = [1]"}, "bokeh gives no data"),
        ({PLOTLY: [1]}, "plotly gives no data of it"),
        ({PLOTLY: {"data": [float("nan")]}}, "the data of plotly are no JSON"),
        ({"text/html": '<script src="https://cdn.example/x.js"></script><p>'}, "cdn.example"),
        ({"text/html": "<script>import('https://cdn.example/x.js')</script><p>"}, "cdn.example"),
        ({"text/html": '<iframe srcdoc="&lt;script src=//cdn.example/x.js&gt;&lt;/script&gt;'
                       '&lt;p&gt;"></iframe>'}, "cdn.example"),
    ],
)  # fmt: skip
def test_what_readers_could_not_see_on_the_site_alone(bundle: dict[str, Any], why: str) -> None:
    with pytest.raises(StillError, match=why.replace("(", r"\(")):
        interactive_of(bundle, LIBRARIES)


def test_addresses_among_the_data_of_a_chart_are_data() -> None:
    rows = {"data": {"values": [{"url": AWAY, "source": "sun"}]}, "mark": "point"}
    assert interactive_of({ALTAIR: rows}, LIBRARIES)


def test_data_nested_too_deeply_are_told() -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(StillError, match=r"no JSON|too deeply"):
        interactive_of({PLOTLY: {"data": nested}}, LIBRARIES)


def test_a_library_whose_script_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codeout.output.interactive.find_spec", lambda _: None)
    with pytest.raises(StillError, match="`vl-convert-python`, which is not installed"):
        interactive_of({ALTAIR: altair("data-1", 1.5)}, LIBRARIES)
