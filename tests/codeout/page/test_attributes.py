"""Attribute lists, as Python-Markdown reads them."""

from __future__ import annotations

import pytest
from codeout.page.attributes import read_attributes


@pytest.mark.parametrize(
    ("source", "attributes"),
    [
        ("", {}),
        ("#name", {"id": "name"}),
        (".one .two", {".": "two"}),
        (
            "data-ko=\"제목 하나\" lang='ko' width=3",
            {"data-ko": "제목 하나", "lang": "ko", "width": "3"},
        ),
        ("hidden", {"hidden": ""}),
    ],
)
def test_an_attribute_list_is_names_and_values(source: str, attributes: dict[str, str]) -> None:
    assert read_attributes(source) == attributes
