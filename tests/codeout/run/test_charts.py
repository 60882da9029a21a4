"""Charts of libraries as data, with classes in place of theirs."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from codeout.output.model import Figure, Interactive
from codeout.run.charts import data_of, picture_of

from tests.support.charts import ALTAIR, BOKEH, altair, bokeh, install

if TYPE_CHECKING:
    from pathlib import Path


def made(module: str, name: str, **members: Any) -> Any:
    """A value of a class below one with a name, from a module."""
    base = type(name, (), {"__module__": module})
    return type("Chart", (base,), {"__module__": "page", **members})()


def test_a_chart_of_altair_is_its_specification() -> None:
    spec = altair("data-1", 1.5)
    chart = made("altair.vegalite.v6.api", "TopLevelMixin", to_dict=lambda _: spec)
    assert data_of(chart) == {ALTAIR: spec}


def test_a_chart_that_is_not_valid_has_none() -> None:
    assert data_of(made("altair.api", "TopLevelMixin", to_dict=lambda _: 1 / 0)) == {}
    assert data_of(made("altair_page", "TopLevelMixin", to_dict=lambda _: {})) == {}
    assert data_of(3) == {}


@pytest.mark.parametrize("within", [None, "document"])
def test_a_figure_of_bokeh_is_its_document(
    monkeypatch: pytest.MonkeyPatch, within: str | None
) -> None:
    roots: list[object] = []
    document = SimpleNamespace(
        add_root=roots.append,
        remove_root=roots.remove,
        to_json=lambda deferred: bokeh(1, 1.5) if roots and not deferred else {},
    )
    for name, member in (
        ("document", {"Document": lambda: document}),
        ("embed", {"json_item": lambda _: {"doc": bokeh(1, 1.5), "root_id": "p1"}}),
    ):
        module = ModuleType(f"bokeh.{name}")
        vars(module).update(member)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(sys.modules, "bokeh", ModuleType("bokeh"))
    figure = made("bokeh.models.layouts", "LayoutDOM", document=within)
    assert data_of(figure) == {BOKEH: bokeh(1, 1.5)}
    assert roots == [], "the page may put it into a document of its own"


def test_a_picture_is_drawn_by_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = Interactive('{"$schema": "/schema/vega-lite/v6.4.1.json"}', "altair")
    install(tmp_path / "packages", monkeypatch)
    assert picture_of(chart) == Figure(b'<svg height="90"/>', "svg")
    assert picture_of(Interactive("{}", "bokeh")) is None, "nothing draws it"
    (tmp_path / "packages/vl_convert.py").write_text("1 / 0")
    assert picture_of(chart) is None
