"""Ellipses that mark a block as a part of some whole, where a name is never defined."""

from __future__ import annotations

import pytest
from codeout.engine.hints import hint_for

from tests.codeout.engine.test_hints import SKIP, page

SUMMARY = "NameError: name 'rows' is not defined"


@pytest.mark.parametrize(
    "code",
    [
        "x = rows\n...",
        "# ...\nrows",
        "rows\n# … more of the same",
        "rows\n    # and so on ...",
        "class Model:\n    rows\n    ...",
        "for row in rows:\n    ...",
        "with rows:\n    ...",
        "show(rows, ...)",
        "show([...], rows)",
        'x = {"a": [...], "b": rows}',
        'x = {"a": rows, "b": ...}',
        "x = (rows, ...)",
        "%time rows\n...",
    ],
)
def test_a_fragment(code: str) -> None:
    mark = "…" if "…" in code else "..."
    hint = f"`{mark}` stands for code that is left out: write it, or {SKIP}"
    assert hint_for(page(code), 0, "NameError", SUMMARY) == hint
    later = hint_for(page(code, "rows = []"), 0, "NameError", SUMMARY)
    assert later == "the page defines it only later: line 20"


@pytest.mark.parametrize(
    "code",
    [
        "def show(row: rows): ...",
        "class Model(rows):\n    ...",
        'class Model(rows):\n    """Rows."""\n    ...',
        "x: tuple[int, ...] = rows",
        "rows[..., 0]",
        "row: int = Field(...)\nrows",
        'print("...", rows)',
        "rows  # no ... here",
    ],
)
def test_no_fragment(code: str) -> None:
    said = hint_for(page(code), 0, "NameError", SUMMARY)
    assert said == f"the page never defines or imports it: add that, or {SKIP}"
