"""Interactive figures agree if they show the same, however their data are written."""

from __future__ import annotations

import gzip
import json
import math
from base64 import b64encode
from struct import pack
from typing import TYPE_CHECKING, Any

import pytest
from codeout.output.data_difference import comparable_text, first_difference
from codeout.output.model import Interactive
from hypothesis import given
from hypothesis import strategies as st

from tests.support.charts import altair, bokeh, plotly

if TYPE_CHECKING:
    from collections.abc import Callable

RTOL = 1e-3
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
)  # fmt: skip
DATA = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def figure(data: Any, library: str = "plotly") -> Interactive:
    """A figure with some data."""
    return Interactive(data if isinstance(data, str) else json.dumps(data), library)


def differ(old: Any, new: Any, library: str = "plotly", rtol: float = RTOL) -> str:
    """Where two figures differ."""
    return first_difference(figure(old, library), figure(new, library), rtol)


def turned(value: Any) -> Any:
    """Data with all keys in another order."""
    if isinstance(value, list):
        return [*map(turned, value)]
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return value


@given(DATA)
def test_the_order_of_keys_does_not_count(data: Any) -> None:
    assert differ({"a": data, "b": 1}, turned({"a": data, "b": 1})) == ""


@given(DATA, st.data())
def test_a_changed_leaf_is_told_with_its_path(data: Any, draw: st.DataObject) -> None:
    before = {"data": [data, 1.5]}
    at = draw.draw(st.integers(0, 1))
    after = {"data": [*before["data"]]}
    after["data"][at] = "another"
    told = differ(before, after)
    assert told.startswith(f"data[{at}]"), told
    assert differ(after, after) == ""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (plotly(1.5, 2.5), plotly(1.5, 2.5001), ""),
        (plotly(1.5, 2.5), plotly(1.5, 2.6), "data[0].y[1]: 2.5 → 2.6"),
        (plotly(1.5, 2.5), plotly(1.5), "data[0].y[1]: 2.5 → nothing"),
        (plotly(0.0, 1.0), plotly(1.2e-16, 1.0), ""),
        (plotly(math.nan, math.inf), plotly(math.nan, math.inf), ""),
        (plotly(1.0, math.inf), plotly(2.0, math.inf), "data[0].y[0]: 1.0 → 2.0"),
        ({"x": 3}, {"x": 4}, "x: 3 → 4"),
        ({"x": 1000}, {"x": 1001}, "x: 1000 → 1001"),
        ({"x": True}, {"x": 1}, "x: true → 1"),
        ({"x": [1, 2.0]}, {"x": [1.0, 2]}, ""),
        ({"x": "a" * 99}, {"x": "b"}, f'x: "{"a" * 59}… → "b"'),
        ({"uid": "f3a1"}, {"uid": "09bc"}, ""),
    ],
)
def test_numbers_have_a_tolerance(old: Any, new: Any, told: str) -> None:
    assert differ(old, new) == told


def test_a_tolerance_of_zero_asks_for_the_same_numbers() -> None:
    assert differ(plotly(1.0, 1.0), plotly(1.0, 1.0 + 1e-15), rtol=0)


@pytest.mark.parametrize(
    ("make", "old", "new", "library"),
    [
        (altair, "data-5f2c", "data-9d01", "altair"),
        (bokeh, 1001, 2417, "bokeh"),
    ],
)
def test_ids_do_not_count(make: Callable[..., Any], old: Any, new: Any, library: str) -> None:
    assert differ(make(old, 1.5, 2.0), make(new, 1.5001, 2.0), library) == ""
    assert "2.0 → 3.0" in differ(make(old, 1.5, 2.0), make(new, 1.5, 3.0), library)


def test_a_reference_to_another_model_is_told() -> None:
    after = bokeh(1001, 1.5)
    after["roots"][0]["attributes"]["renderers"][1] = {"id": "p1001"}
    told = differ(bokeh(1001, 1.5), after, "bokeh")
    assert told.startswith("roots[0].attributes.renderers[1].id")


def test_a_name_within_an_expression_counts_as_that_name() -> None:
    old, new = (
        {"params": [{"name": f"param_{n}"}], "transform": [{"filter": f"datum.x > param_{n}"}]}
        for n in (1, 7)
    )
    assert differ(old, new, "altair") == ""


def array(data: bytes) -> dict[str, Any]:
    """An array as Bokeh writes it."""
    inner = {"type": "bytes", "data": b64encode(data).decode()}
    return {"type": "ndarray", "array": inner, "shape": [2], "dtype": "float64", "order": "little"}


def test_arrays_of_bokeh_are_their_numbers() -> None:
    packed = pack("<2d", 1.5, 2.5)
    assert differ(array(packed), array(gzip.compress(packed)), "bokeh") == ""
    assert differ({"y": array(packed)}, {"y": array(pack("<2d", 1.5, 9.5))}, "bokeh") == (
        "y[1]: 2.5 → 9.5"
    )


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[" * 100_000,
        json.dumps(array(b"123")),
        json.dumps(array(b"\x1f\x8b123")),
    ],
)
def test_data_that_cannot_be_read_differ(data: str) -> None:
    check_that_none_can_be_read(data)


def test_data_that_would_fill_the_memory_differ() -> None:
    check_that_none_can_be_read(json.dumps(array(gzip.compress(bytes(1 << 28)))))


def check_that_none_can_be_read(data: str) -> None:
    assert differ(data, {}, "bokeh") == "its data cannot be read"
    assert comparable_text(figure(data, "bokeh")) == data


UUIDS = ("0b913e93-e624-492a-9dd8-58d52eef3743", "7f5e430c-7cd0-4e11-8f8b-209e8ace2005")


def test_ids_in_html_do_not_count() -> None:
    one, other = (
        f'<div id="gt-{number}"></div>\n'
        f'<script>draw_{uuid.replace("-", "")}("gt-{number}", {value})\nshow("{uuid}")</script>'
        for number, uuid, value in (("4f2", UUIDS[0], 1.5), ("91c", UUIDS[1], 1.5001))
    )
    assert differ(one, other, "html") == ""
    assert "+<script>draw_id-2" in differ(one, other.replace("1.5001", "2.5"), "html")


def test_what_would_take_long_is_compared_at_once() -> None:
    many = "".join(f'<p id="p{at}">' for at in range(50_000))
    assert differ(many, f"{many} ", "html") == ""
    open_id = f'<p id="{"1" * 200_000}'
    assert differ(open_id, open_id + "2", "html")
    old, new = (
        {"roots": [{"id": f"p{at}"} for at in range(first, first + 50_000)]} for first in (0, 7)
    )
    assert differ(old, new, "bokeh") == ""


def test_a_figure_of_another_library_is_told() -> None:
    told = first_difference(figure({}), figure({}, "bokeh"), RTOL)
    assert told == "a figure of plotly became one of bokeh"
