"""Exported cells as a notebook for Jupyter and Colab; the same cells give the same bytes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from codeout.export.cells import Code, Prose, Raw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.export.cells import ExportCell

_METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def as_notebook(cells: Sequence[ExportCell]) -> str:
    """A notebook without outputs, formatted as Jupyter writes it.

    The id of a cell is a digest of its source, so that it stays when other cells change.
    """
    known: dict[str, int] = {}
    book = {
        "cells": [_cell(cell, known) for cell in cells],
        "metadata": _METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(cell: ExportCell, known: dict[str, int]) -> dict[str, Any]:
    source = cell.source if isinstance(cell, Code) else cell.text
    count = known[source] = known.get(source, 0) + 1
    lines = source.splitlines(keepends=True)
    shared = {"id": _id(f"{count}:{source}"), "metadata": {}, "source": lines}
    if isinstance(cell, Raw):
        return {"cell_type": "raw", **shared, "metadata": json.loads(cell.metadata)}
    if isinstance(cell, Prose):
        pictures = {"attachments": json.loads(cell.attachments)} if cell.attachments else {}
        return {"cell_type": "markdown", **shared, **pictures}
    if cell.raises:
        shared["metadata"] = {"tags": ["raises-exception"]}
    return {"cell_type": "code", "execution_count": None, "outputs": [], **shared}


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
