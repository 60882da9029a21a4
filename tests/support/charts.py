"""Figures of libraries as their MIME bundles have them, and packages that stand for theirs."""

from __future__ import annotations

from base64 import b64encode
from struct import pack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PLOTLY = "application/vnd.plotly.v1+json"
ALTAIR = "application/vnd.vegalite.v6+json"
BOKEH = "application/vnd.bokehjs_exec.v0+json"
DRAWN = b"function draw(){}"
"""What the scripts of these packages hold."""


def plotly(*numbers: float) -> dict[str, Any]:
    """A line in Plotly, with the array of its heights as it writes them."""
    heights = {"dtype": "f8", "bdata": b64encode(pack(f"<{len(numbers)}d", *numbers)).decode()}
    return {"data": [{"type": "scatter", "y": heights}], "layout": {"height": 300}}


def altair(name: str, *numbers: float) -> dict[str, Any]:
    """Points in Altair, with the names that it gives to data and to the view."""
    rows = [{"a": number} for number in numbers]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json",
        "data": {"name": name},
        "datasets": {name: rows},
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
        "mark": "point",
        "params": [{"name": "param_1", "bind": "scales", "views": ["view_1"]}],
    }


def bokeh(first: int, *numbers: float) -> dict[str, Any]:
    """A document of Bokeh, whose ids count from a number on."""
    source = {"type": "object", "name": "ColumnDataSource", "id": f"p{first + 1}"}
    source |= {"attributes": {"data": {"type": "map", "entries": [["y", [*numbers]]]}}}
    figure = {"type": "object", "name": "Figure", "id": f"p{first}"}
    figure |= {"attributes": {"height": 250, "renderers": [source, {"id": f"p{first + 1}"}]}}
    return {"version": "3.9.2", "title": "", "roots": [figure]}


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put packages with scripts into a folder, and the folder on the path of modules."""
    for name, script in (
        ("plotly", "package_data/plotly.min.js"),
        ("bokeh", "server/static/js/bokeh.min.js"),
    ):
        file = folder / name / script
        file.parent.mkdir(parents=True)
        file.write_bytes(DRAWN)
        (folder / name / "__init__.py").touch()
    (folder / "vl_convert.py").write_text(
        "def get_vegalite_versions(): return ['6.4']\n"
        "def javascript_bundle(vl_version): return f'vega({vl_version!r})'\n"
        "def vegalite_to_svg(spec, vl_version): return '<svg height=\"90\"/>'\n"
    )
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=":")
