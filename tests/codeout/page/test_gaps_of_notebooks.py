"""What a notebook shows and no check compares: skipped cells, and Python in its text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from codeout.page.gap import Gap
from codeout.page.notebook_parser import parse


def gaps(*cells: dict[str, Any]) -> tuple[Gap, ...]:
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return parse(json.dumps(book, indent=1).encode(), "page.ipynb").gaps


def code(source: str, *tags: str, outputs: tuple[object, ...] = ()) -> dict[str, Any]:
    kind = {"cell_type": "code", "execution_count": None, "metadata": {"tags": tags}}
    return {**kind, "outputs": outputs, "source": [source]}


def text(*lines: str) -> dict[str, Any]:
    source = [f"{line}\n" for line in lines]
    return {"cell_type": "markdown", "metadata": {}, "source": source}


STREAM = {"name": "stdout", "output_type": "stream", "text": ["1\n"]}


def test_a_cell_that_runs_is_no_gap() -> None:
    assert gaps(code("1", outputs=(STREAM,)), text("Some words.")) == ()


@pytest.mark.parametrize("tag", ["skip-execution", "codeout:skip"])
def test_a_skipped_cell_and_its_output_are_told(tag: str) -> None:
    found = [(gap.what, gap.output) for gap in gaps(code("1", tag, outputs=(STREAM,)))]
    assert sorted(found) == [("output of skipped code", True), ("skipped code", False)]


def test_a_hidden_cell_is_not_shown() -> None:
    assert gaps(code("1", "remove-cell")) == ()


def test_a_fence_in_the_text_is_told_at_its_line() -> None:
    (gap,) = gaps(text("Words.", "", "```python", "x = 1", "```"))
    assert gap == Gap(9, "fence `python`", "a code cell", name="cell 1")


def test_python_in_indented_text_is_told_at_its_line() -> None:
    (gap,) = gaps(code("1"), text("Words.", "", "    print(1)"))
    assert gap == Gap(20, "Python in indented code", "a code cell", name="cell 2")


def test_text_on_one_line_is_told_at_that_line() -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": "Words.\n\n    print(1)\n"}
    (gap,) = gaps(cell)
    assert gap.line == 6
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (gap,) = parse(json.dumps(book).encode(), "page.ipynb").gaps
    assert (gap.line, gap.name) == (1, "cell 1")


def test_a_comment_in_the_text_is_not_shown() -> None:
    assert gaps(text("<!--", "```python", "x = 1", "```", "-->")) == ()
