"""Notebooks keep the laws of pages: what is not an output comes out as it went in."""

from __future__ import annotations

import json
import warnings
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from codeout.formats import format_of, parse
from codeout.output.model import Figure
from codeout.output.notebook import body, data_of, draw, read, to_lines
from codeout.output.shown import Picture, Printed, Rich, Shown
from codeout.page.directives import Directive
from codeout.page.document import fill, render
from codeout.page.model import Page, Slot, Text
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.notebooks import SHOWN, broken_notebooks, notebooks, written_notebooks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.page.model import Part

NAME = "page.ipynb"
NEWLINE = "\n"
generated = settings(deadline=None, max_examples=200)


def opened(source: bytes) -> Any:
    """A notebook as nbformat reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Jupyter repairs
        return nbformat.reads(source.decode(), as_version=4)


def filled(source: bytes, draw_any: Any) -> tuple[Page, list[tuple[Shown, ...]]]:
    """A notebook with generated outputs in its slots, and what these are."""
    page = parse(source, NAME)
    shown = [draw_any(SHOWN) for _ in page.slots]
    bodies = {at: body(*pair) for at, pair in enumerate(zip(shown, page.slots, strict=True))}
    return fill(page, bodies), shown


@given(st.binary())
def test_any_bytes_come_out_as_they_went_in(source: bytes) -> None:
    assert render(parse(source, NAME)) == source


@given(st.text(alphabet=' \t\r\n{}[]:,"\\u0d8ef4.-ctrun\ufeff', max_size=60))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    assert render(parse(text.encode(), NAME)) == text.encode()


@generated
@given(broken_notebooks())
def test_a_broken_notebook_comes_out_as_it_went_in(source: bytes) -> None:
    page = parse(source, NAME)
    assert render(page) == source
    assert len(page.parts) > 1 or page.problems or not page.blocks


@generated
@given(notebooks() | written_notebooks())
def test_the_blocks_are_the_code_cells_that_nbformat_finds(source: bytes) -> None:
    page = parse(source, NAME)
    book = opened(source)
    runs = book.metadata.get("language_info", {}).get("name") != "R"
    cells = {
        f"cell {at}": f"{cell.source.removesuffix(NEWLINE)}\n" if cell.source else ""
        for at, cell in enumerate(book.cells, start=1)
        if cell.cell_type == "code" and runs
    }
    assert render(page) == source
    assert {block.name: block.code for block in page.blocks} == cells
    shown = [block for block in page.blocks if not block.directive.skip | block.directive.hidden]
    assert [page.blocks[at] for slot in page.slots for at in slot.blocks] == shown


@generated
@given(notebooks() | written_notebooks(), st.data())
def test_lines_are_those_of_the_file(source: bytes, data: st.DataObject) -> None:
    for page in (parse(source, NAME), filled(source, data.draw)[0]):
        line = 1
        for part in page.parts:
            assert isinstance(part, Text) or part.line == line
            line += len(part.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1


@generated
@given(notebooks() | written_notebooks(), st.data())
def test_only_outputs_change_and_what_was_written_is_read(
    source: bytes, data: st.DataObject
) -> None:
    before = parse(source, NAME)
    page, shown = filled(source, data.draw)
    after = parse(render(page), NAME)
    assert [(part.source, type(part)) for part in after.parts] == [
        (part.source, type(part)) for part in page.parts
    ]
    assert [read(slot) for slot in after.slots] == shown
    assert [*map(outside, after.parts)] == [*map(outside, before.parts)]
    nbformat.validate(opened(render(page)))


def outside(part: Part) -> str:
    return "" if isinstance(part, Slot) else part.source


@generated
@given(written_notebooks(), st.data())
def test_jupyter_would_write_the_outputs_alike(source: bytes, data: st.DataObject) -> None:
    as_jupyter = f"{nbformat.writes(opened(source))}\n".encode()
    after = render(filled(as_jupyter, data.draw)[0])
    assert f"{nbformat.writes(opened(after))}\n".encode() == after


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize(
    "style",
    [
        {"indent": 1},
        {"indent": 4},
        {"indent": "\t"},
        {"indent": 0},
        {"indent": 2, "separators": (",", ":")},
        {"indent": 2, "separators": (",", " : ")},
        {},
        {"separators": (",", ":")},
    ],
    ids=repr,
)
def test_outputs_are_written_in_the_style_of_the_file(
    style: dict[str, Any], ascii_only: bool, newline: str
) -> None:
    def written(*outputs: object) -> bytes:
        book = json.loads(cell(source=["print('가')"], outputs=outputs))
        text = json.dumps(book, ensure_ascii=ascii_only, sort_keys=True, **style)
        return text.replace("\n", newline).encode()

    shown = [Printed("가\n'\"\\", "stream"), Printed("2", "execute_result")]
    page = parse(written(), NAME)
    slot = Slot("[]", 1, (0,), "")
    wanted = written(*json.loads(body(shown, slot)))
    assert render(fill(page, {0: body(shown, page.slots[0])})) == wanted
    assert render(fill(parse(wanted, NAME), {0: "[]"})) == written()


OUTPUTS: Mapping[str, tuple[Sequence[Shown], list[dict[str, Any]]]] = {
    "a stream ends its last line": (
        [Printed("a\nb", "stream")],
        [{"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]}],
    ),
    "a value does not": (
        [Printed("a\nb", "execute_result")],
        [
            {
                "output_type": "execute_result",
                "data": {"text/plain": ["a\n", "b"]},
                "metadata": {},
                "execution_count": None,
            }
        ],
    ),
    "an error of many lines": (
        [Printed("Traceback:\nKeyError: old\n\nValueError: a: b\nc", "error", "ValueError")],
        [
            {
                "output_type": "error",
                "ename": "ValueError",
                "evalue": "a: b\nc",
                "traceback": ["Traceback:", "KeyError: old", "", "ValueError: a: b", "c"],
            }
        ],
    ),
    "an error without words": (
        [Printed("Traceback:\nKeyError", "error", "KeyError")],
        [
            {
                "output_type": "error",
                "ename": "KeyError",
                "evalue": "",
                "traceback": ["Traceback:", "KeyError"],
            }
        ],
    ),
    "a picture and the words about it": (
        [Picture("data:image/png;base64,iVBO", extra='{"alt": "가"}', kind="display_data")],
        [
            {
                "output_type": "display_data",
                "data": {"image/png": "iVBO"},
                "metadata": {"alt": "가"},
            }
        ],
    ),
    "html": (
        [Rich("<b>\n</b>", "display_data")],
        [
            {
                "output_type": "display_data",
                "data": {"text/html": ["<b>\n", "</b>"]},
                "metadata": {},
            }
        ],
    ),
}


@pytest.mark.parametrize(("shown", "outputs"), OUTPUTS.values(), ids=OUTPUTS)
def test_outputs_are_those_of_nbformat(
    shown: Sequence[Shown], outputs: list[dict[str, Any]]
) -> None:
    slot = Slot("[]", 1, (0,), "")
    assert json.loads(body(shown, slot)) == outputs
    assert read(Slot(json.dumps(outputs), 1, (0,), "")) == tuple(shown)


FOREIGN: Mapping[str, tuple[object, list[Shown]]] = {
    "of several representations the one that a run would leave": (
        {
            "output_type": "display_data",
            "data": {"text/plain": "a", "image/jpeg": "/9j/", "image/png": ["iV\n", "BO\n"]},
            "metadata": {},
        },
        [Picture("data:image/png;base64,iVBO", kind="display_data")],
    ),
    "one that no run leaves": (
        {"output_type": "display_data", "data": {"text/x-own": "x"}, "metadata": {}},
        [
            Printed(
                '{"output_type": "display_data", "data": {"text/x-own": "x"}, "metadata": {}}',
                "unknown",
            )
        ],
    ),
    "no output at all": (1, [Printed("1", "unknown")]),
}


@pytest.mark.parametrize(("output", "shown"), FOREIGN.values(), ids=FOREIGN)
def test_outputs_of_others_are_read(output: object, shown: list[Shown]) -> None:
    assert [*read(Slot(json.dumps([output]), 1, (0,), ""))] == shown


def test_a_picture_holds_its_bytes() -> None:
    picture = draw(Figure(b"<svg/>", "svg"))
    assert picture.target == f"data:image/svg+xml;base64,{b64encode(b'<svg/>').decode()}"
    assert data_of(picture) == b"<svg/>"
    assert data_of(Picture("data:image/png;base64,x")) == b""


def test_people_are_told_of_a_picture_and_not_all_its_bytes() -> None:
    slot = Slot("[]", 1, (0,), "")
    shown = [
        Printed("a\nb", "stream"),
        Picture("data:image/png;base64,iVBO", kind="display_data"),
        Rich("<b>\n</b>", "execute_result"),
    ]
    lines = ["[stream]", "a", "b", "[display_data image/png]", "[execute_result]", "<b>", "</b>"]
    assert to_lines(body(shown, slot), slot) == lines


def cell(**others: object) -> bytes:
    """A notebook with one cell, which prints 1 and has the tags that are given."""
    known = {"cell_type": "code", "source": "print(1)", "outputs": [], "execution_count": None}
    book = {"cells": [{"metadata": {}, **known, **others}], "nbformat": 4, "nbformat_minor": 4}
    return json.dumps({"metadata": {}, **book}, indent=1).encode()


@pytest.mark.parametrize(
    ("tags", "directive"),
    [
        ([], Directive()),
        (["skip-execution"], Directive(skip=True)),
        (["raises-exception"], Directive(may_fail=True)),
        (["remove-cell"], Directive(hidden=True)),
        (["codeout:skip"], Directive(skip=True)),
        (
            ["codeout:rtol=5e-2", "codeout: timeout=3 volatile"],
            Directive(False, "", False, 3, 0.05, True),
        ),
        (
            ["raises-exception", "codeout:raises=KeyError"],
            Directive(raises="KeyError", may_fail=True),
        ),
        (["skip", "volatile", "pytest.mark.skip", "xcodeout:skip"], Directive()),
    ],
)
def test_tags_steer(tags: list[str], directive: Directive) -> None:
    page = parse(cell(metadata={"tags": tags}), NAME)
    assert (page.problems, [block.directive for block in page.blocks]) == ((), [directive])


FLAWS: Mapping[str, tuple[bytes, str]] = {
    "no JSON": (b'{"a":\r\r\n]', "page.ipynb:3: not JSON: expecting value"),
    "a number beyond all bounds": (
        b"9" * 5000,
        "page.ipynb: JSON with a number or a nesting beyond all bounds",
    ),
    "nesting beyond all bounds": (
        b"[" * 100_000,
        "page.ipynb: JSON with a number or a nesting beyond all bounds",
    ),
    "no object": (b"[]", "page.ipynb: not a notebook: [] is not of type 'object'"),
    "no format": (b"{}", "page.ipynb: not a notebook: 'metadata' is a required property"),
    "a format to come": (
        b'{"nbformat": 5}',
        "page.ipynb: a notebook of format 5; codeout reads format 4",
    ),
    "no cell": (
        b'{"nbformat": 4, "nbformat_minor": 9, "metadata": {},\n"cells": [1]}',
        "page.ipynb:2: cell 1: 1 is not of type 'object'",
    ),
    "a tag that is none": (
        cell(metadata={"tags": [1]}),
        "page.ipynb:4: cell 1: `tags`: 1 is not of type 'string'",
    ),
    "code that is none": (
        cell(source={"a": "long text " * 20}),
        "page.ipynb:4: cell 1: `source`: not as nbformat has it",
    ),
    "a type of cell that is none": (
        cell(cell_type={}),
        "page.ipynb: not a notebook: not as nbformat has it",
    ),
    "outputs that are none": (
        cell(outputs=1),
        "page.ipynb:4: cell 1: `outputs`: 1 is not of type 'array'",
    ),
}


@pytest.mark.parametrize(("source", "told"), FLAWS.values(), ids=FLAWS)
def test_what_is_no_notebook_is_one_problem(source: bytes, told: str) -> None:
    page = parse(source, NAME)
    (problem,) = page.problems
    assert f"{problem.place}: {problem.message}" == told
    assert problem.hint
    assert render(page) == source


@pytest.mark.parametrize(
    ("metadata", "blocks"),
    [
        ({}, 1),
        ({"language_info": {"name": "python"}}, 1),
        ({"kernelspec": {"name": "python3", "display_name": "x", "language": "Python"}}, 1),
        ({"kernelspec": {"name": "x", "display_name": "x"}}, 1),
        ({"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, 0),
        ({"language_info": {"name": "julia"}}, 0),
    ],
)
def test_only_python_runs(metadata: dict[str, object], blocks: int) -> None:
    source = json.dumps(json.loads(cell()) | {"metadata": metadata}).encode()
    page = parse(source, NAME)
    assert (len(page.blocks), page.problems) == (blocks, ())


def test_the_line_of_code_is_told_as_far_as_the_file_has_lines() -> None:
    (block,) = parse(cell(source=["a\n", "b"]), NAME).blocks
    lines = cell(source=["a\n", "b"]).decode().splitlines()
    assert lines[block.line_of(2) - 1].strip() == '"b"'
    (block,) = parse(cell(source="a\nb"), NAME).blocks
    assert block.line_of(2) == block.line


def test_a_format_follows_from_the_name() -> None:
    assert format_of("a.ipynb") is not format_of("a.md")
    assert format_of("a.ipynb.txt") is format_of("ipynb") is format_of("a.md")
    assert parse(cell()).blocks == ()
