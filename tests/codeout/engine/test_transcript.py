"""The transcript: outputs as readers will see them, and problems with their lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.engine.plan import Plan
from codeout.engine.transcript import Transcript
from codeout.errors import Problem
from codeout.output.model import Error, Figure, Html, Output, Ran, Stream, Value
from codeout.page.model import Block, Page, Slot
from codeout.run.events import Ended
from codeout.run.job import Cell, Isolation

if TYPE_CHECKING:
    from collections.abc import Iterable

FIGURE = Figure(b"", "png")
ENDED = Ended("page.md", 1.0, "/tmp/codeout-x/work")  # noqa: S108


def plan(*cells: Cell) -> Plan:
    """A page with a block every ten lines."""
    blocks = tuple(Block("\n" * 9, 10 * at, cell.code) for at, cell in enumerate(cells, start=1))
    indexes = tuple(range(len(cells)))
    return Plan(
        "page.md", Path("page.md"), page=Page("page.md", blocks), blocks=indexes, cells=cells
    )


def slot(*blocks: int) -> Slot:
    return Slot("", 1, blocks, "")


def ran(*outputs: Output, printed: int = 0) -> Ran:
    return Ran(outputs, 0.1, printed, frozenset())


def texts(pieces: Iterable[Output]) -> list[object]:
    """Streams as their texts; anything else as it is."""
    return [piece.text if isinstance(piece, Stream) else piece for piece in pieces]


def error(name: str, line: int = 1) -> Error:
    frame = f'File "<ipython-input-1-0a>", line {line}'
    text = f"Traceback (most recent call last):\n  {frame}\n{name}: no\n"
    return Error((f"builtins.{name}", "builtins.Exception"), line, text)


@pytest.mark.parametrize(
    ("outputs", "pieces"),
    [
        pytest.param([], [], id="none"),
        pytest.param([Stream("a"), Stream("b\n")], ["ab"], id="streams"),
        pytest.param([Stream("a\n"), Value("1")], ["a\n1"], id="a value after a line"),
        pytest.param([Stream("a"), Value("1")], ["a\n1"], id="a value amid a line"),
        pytest.param([Value("1"), Stream("a\n")], ["1\na"], id="a stream after a value"),
        pytest.param([Value("1"), Value("2")], ["1\n2"], id="values"),
        pytest.param([Stream("\n\n")], [], id="blank lines alone"),
        pytest.param(
            [Stream("a\n"), FIGURE, Value("1"), Html("<b>")],
            ["a", FIGURE, "1", Html("<b>")],
            id="in the order in which they appeared",
        ),
        pytest.param(
            [error("KeyError")],
            ['Traceback (most recent call last):\n  File "<cell>", line 1\nKeyError: no'],
            id="an error, normalized",
        ),
        pytest.param([Stream("a\tb")], ["a       b"], id="tabs expanded"),
    ],
)
def test_pieces(outputs: list[Output], pieces: list[object]) -> None:
    one = Transcript((ran(*outputs),), ENDED)
    assert texts(one.outputs_of(plan(Cell("", 1)), slot(0))) == pieces


def test_each_block_begins_on_a_line_of_its_own() -> None:
    both = Transcript((ran(Stream("a")), ran(Stream("b"))), ENDED)
    cells = plan(Cell("", 1), Cell("", 1))
    assert texts(both.outputs_of(cells, slot(0, 1))) == ["a\nb"]
    assert texts(both.outputs_of(cells, slot(1))) == ["b"]


HINT = "if the page means to show this, write `<!-- codeout: raises={} -->` before the block"
DETAIL = 'Traceback (most recent call last):\n  File "<cell>", line {}\n{}: no'
PROBLEMS: dict[str, tuple[Cell, Ran, list[Problem]]] = {
    "nothing": (Cell("x", 1), ran(Stream("fine")), []),
    "raised": (
        Cell("x", 1),
        ran(error("KeyError", 3)),
        [
            Problem(
                "page.md",
                13,
                "raised KeyError: no",
                HINT.format("KeyError"),
                DETAIL.format(3, "KeyError"),
            )
        ],
    ),
    "raised another": (
        Cell("x", 1, raises="ValueError"),
        ran(error("KeyError")),
        [
            Problem(
                "page.md",
                11,
                "raised KeyError: no, not ValueError",
                HINT.format("KeyError"),
                DETAIL.format(1, "KeyError"),
            )
        ],
    ),
    "raised as announced": (Cell("x", 1, raises="KeyError"), ran(error("KeyError")), []),
    "did not raise": (
        Cell("x", 1, raises="KeyError"),
        ran(),
        [
            Problem(
                "page.md",
                10,
                "was to raise KeyError, and did not",
                "the error is gone: rewrite this part, and remove `raises=KeyError`",
            )
        ],
    ),
    "exit": (
        Cell("x", 1),
        ran(error("SystemExit")),
        [
            Problem(
                "page.md",
                11,
                "raised SystemExit: no",
                "a page goes on after the block: leave `sys.exit()` out",
                DETAIL.format(1, "SystemExit"),
            )
        ],
    ),
    "input": (
        Cell("x", 1),
        ran(error("EOFError")),
        [
            Problem(
                "page.md",
                11,
                "raised EOFError: no",
                "nobody types while a page runs: give the value in the code instead of `input()`",
                DETAIL.format(1, "EOFError"),
            )
        ],
    ),
    "too much": (
        Cell("x", 1),
        ran(Stream("a"), printed=1001),
        [
            Problem(
                "page.md",
                10,
                "printed 1,001 bytes; the limit is 1,000 bytes",
                "print less, or raise `output-limit` in [tool.codeout]",
            )
        ],
    ),
    "a value that is too large": (
        Cell("x", 1),
        replace(ran(Html("<b>")), shown=4_812_345),
        [
            Problem(
                "page.md",
                10,
                "shows 4.8 MB; the limit is 1,000 bytes",
                "show less, or raise `output-limit` in [tool.codeout]",
            )
        ],
    ),
    "too much together": (
        Cell("x", 1),
        replace(ran(Stream("a"), Value("b"), printed=600), shown=500),
        [
            Problem(
                "page.md",
                10,
                "prints and shows 1,100 bytes; the limit is 1,000 bytes",
                "show less, or raise `output-limit` in [tool.codeout]",
            )
        ],
    ),
    "not UTF-8": (
        Cell("x", 1),
        ran(Stream("a\udcff")),
        [
            Problem(
                "page.md",
                10,
                "printed bytes that are not UTF-8 (0xff)",
                "print text, or the bytes' repr()",
            )
        ],
    ),
}


@pytest.mark.parametrize(("cell", "of_it", "problems"), PROBLEMS.values(), ids=PROBLEMS)
def test_problems(cell: Cell, of_it: Ran, problems: list[Problem]) -> None:
    assert list(Transcript((of_it,), ENDED).problems(plan(cell), 1000)) == problems


@pytest.mark.parametrize(
    ("isolation", "way"),
    [
        pytest.param(Isolation(offline=True), "allow the network with `--online`", id="offline"),
        pytest.param(Isolation(sandbox=True), "run without `--sandbox`", id="run --sandbox"),
        pytest.param(
            Isolation(offline=True, sandbox=True),
            "run with `--online` instead of `--sandbox`",
            id="check --sandbox",
        ),
    ],
)
def test_a_refusal_hints_at_what_lets_the_page_out(isolation: Isolation, way: str) -> None:
    refused = replace(ran(), refused=("https://data.invalid/a.csv",))
    (problem,) = Transcript((refused,), ENDED, isolation).problems(plan(Cell("x", 1)), 1000)
    assert problem.message == "tried to reach https://data.invalid/a.csv, and the network is off"
    assert problem.hint == f"declare the file in [[tool.codeout.assets]], or {way}"


def test_an_error_in_an_include_is_told_at_the_fence() -> None:
    page = plan(Cell("included", 1))
    page = Plan(page.path, page.file, page=page.page, blocks=(0,), cells=(Cell("other", 1),))
    (problem,) = Transcript((ran(error("KeyError", 40)),), ENDED).problems(page, 1000)
    assert problem.line == 10


def test_a_page_that_died_is_told_at_the_block_that_ran() -> None:
    died = Ended("page.md", 1.0, "/", died="it died", hint="live", index=1)
    page = plan(Cell("", 1), Cell("", 1), Cell("", 1))
    problems = Transcript((ran(),), died).problems(page, 1000)
    assert problems == (Problem("page.md", 20, "it died", "live"),)
