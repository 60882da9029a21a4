"""Scripts of interactive figures: copied from installed packages, with names that tell content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from codeout.errors import CodeoutError
from codeout.output.scripts import NAME, is_ours, scripts_in, scripts_of

from tests.support.charts import DRAWN, altair, bokeh, install

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of installed packages."""
    install(tmp_path / "packages", monkeypatch)
    return tmp_path / "packages"


def test_a_script_is_that_of_the_package(packages: Path, tmp_path: Path) -> None:
    (script,) = scripts_of("plotly", "{}", tmp_path)
    assert script.data == DRAWN == (packages / "plotly/package_data/plotly.min.js").read_bytes()
    assert NAME.fullmatch(script.name)
    assert is_ours(script.name, script.data)
    assert not is_ours(script.name, DRAWN + b" ")
    assert not is_ours("plotly.min.js", DRAWN)
    assert scripts_of("html", "<p>", tmp_path) == ()


def test_more_of_bokeh_is_loaded_for_models_that_are_there(packages: Path, tmp_path: Path) -> None:
    folder = packages / "bokeh/server/static/js"
    for name, model in (("bokeh", "Figure"), ("bokeh-gl", "Nothing"), ("bokeh-widgets", "Slider")):
        (folder / f"{name}.min.js").write_text(f'd.__name__="{model}"')
    (folder / "bokeh-tables.min.js").write_text('d.__name__="DataTable"')
    data = bokeh(1, 1.5)
    for names, stems in (([], ["bokeh"]), (["Slider"], ["bokeh", "bokeh-widgets"])):
        data["roots"] += [{"name": name} for name in names]
        text = json.dumps(data, separators=(",", ":"))
        found = scripts_of("bokeh", text, tmp_path)
        assert [NAME.fullmatch(script.name)["stem"] for script in found] == stems  # type: ignore[index]


def test_the_bundle_of_vega_is_made_once(packages: Path, tmp_path: Path) -> None:
    data = json.dumps(altair("data-1", 1.5), separators=(",", ":"))
    (made,) = scripts_of("altair", data, tmp_path)
    assert made.data == b"vega('6.4')"
    assert made.name.startswith("vega-lite-6.4-")
    (packages / "vl_convert.py").write_text("1 / 0")
    with pytest.raises(CodeoutError, match="vl-convert-python makes no script"):
        scripts_of("altair", data, tmp_path)
    (tmp_path / made.name).write_bytes(made.data)
    assert scripts_of("altair", data, tmp_path) == (made,)
    (tmp_path / made.name).write_bytes(b"another")
    with pytest.raises(CodeoutError, match="makes no script"):
        scripts_of("altair", data, tmp_path)


def test_a_package_that_is_gone_is_told(packages: Path, tmp_path: Path) -> None:
    (packages / "plotly/package_data/plotly.min.js").unlink()
    with pytest.raises(CodeoutError, match=r"plotly\.min\.js cannot be read: No such file"):
        scripts_of("plotly", "{}", tmp_path)


def test_a_package_that_was_never_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("codeout.output.scripts.find_spec", lambda _: None)
    with pytest.raises(CodeoutError, match="the package plotly is gone"):
        scripts_of("plotly", "{}", tmp_path)


def test_a_frame_names_its_scripts() -> None:
    frame = b'<script src="../scripts/plotly-0123456789abcdef.js"></script>' + b" " * 20_000
    assert scripts_in(frame + b"bokeh-0123456789abcdef.js") == {"plotly-0123456789abcdef.js"}
