"""Values are laid out as Black does it, which wrote the texts here."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from codeout.output.layout import lay_out
from hypothesis import given, settings
from hypothesis import strategies as st

SIMPLE = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    *(st.text(max_size=30), st.binary(max_size=9)),
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(st.text(max_size=9), inner)
    ),
)
LAID_OUT = [
    (
        "User(id=1, name='Ann', address=Address(street='a street', city='a city'))",
        (
            "User(\n    id=1,\n    name='Ann',\n    address=Address(\n"
            "        street='a street', city='a city'\n    ),\n)"
        ),
    ),
    (
        "{'key': ['one', 'two', 'three', 'four', 'five', 'six']}",
        (
            "{\n    'key': [\n        'one',\n        'two',\n        'three',\n        'four',\n"
            "        'five',\n        'six',\n    ]\n}"
        ),
    ),
    (
        "('a text that is too wide for its line',)",
        "(\n    'a text that is too wide for its line',\n)",
    ),
    ("['short', 1]", "['short', 1]"),
    (
        "'한국어' 'a text that is too wide for a line'",
        "'한국어' 'a text that is too wide for a line'",
    ),
    ("<no Python, and too wide for a single line>", "<no Python, and too wide for a single line>"),
]


@pytest.mark.parametrize(("text", "expected"), LAID_OUT)
def test_a_value_is_laid_out_as_by_black(text: str, expected: str) -> None:
    assert lay_out(text, 40) == expected


@settings(deadline=None)
@given(VALUES, st.integers(1, 90))
def test_a_value_stays_the_same(value: Any, width: int) -> None:
    text = lay_out(repr(value), width)
    assert ast.literal_eval(text) == value
    assert "\n" not in text or len(repr(value)) > width
