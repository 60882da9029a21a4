"""Notebooks: valid whatever the cells hold, with ids that come from what a cell holds."""

from __future__ import annotations

import json
from typing import Any

import nbformat
from codeout.export.cells import Code, ExportCell, Prose
from codeout.export.ipynb import as_notebook
from hypothesis import given
from hypothesis import strategies as st

CELLS = st.lists(st.one_of(st.builds(Prose, st.text()), st.builds(Code, st.text(), st.just("E"))))


def cells_of(cells: list[ExportCell]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(as_notebook(cells))["cells"]
    return found


@given(CELLS)
def test_any_cells_make_a_valid_notebook_that_holds_them(cells: list[ExportCell]) -> None:
    book = nbformat.reads(as_notebook(cells), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    nbformat.validate(book)  # type: ignore[no-untyped-call]
    texts = [cell.text if isinstance(cell, Prose) else cell.source for cell in cells]
    assert [cell.source for cell in book.cells] == texts
    assert len({cell.id for cell in book.cells}) == len(cells)


def test_an_id_stays_when_cells_come_and_go() -> None:
    few, more = cells_of([Code("b")]), cells_of([Prose("a"), Code("b"), Code("b")])
    assert few[0]["id"] == more[1]["id"] != more[2]["id"]


def test_a_cell_that_raises_lets_jupyter_go_on() -> None:
    calm, raising = cells_of([Code("1"), Code("1 / 0", "ZeroDivisionError")])
    assert calm["metadata"] == {}
    assert raising["metadata"] == {"tags": ["raises-exception"]}
