"""What a live page has been through: forwards, back, and held against the page as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.live.history import History
from codeout.output.model import Error, Ran
from codeout.run.job import Cell
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

CELLS = st.lists(st.sampled_from("ab").map(lambda code: Cell(code, 60)), max_size=4).map(tuple)
A, B, MAY_FAIL = Cell("a", 60), Cell("b", 60), Cell("a", 60, may_fail=True)
WELL = Ran((), 0.5, 0, frozenset())
FAILED = Ran((Error(("ValueError",), 1, "ValueError"),), 0.5, 0, frozenset())
REFUSED = Ran((), 0.5, 0, frozenset(), ("http://example.org",))


def through(cells: Sequence[Cell]) -> History:
    """What a page has been through, all of whose cells have run."""
    history = History()
    for cell in cells:
        history = history.begin(cell).finish(WELL)
    return history


def test_a_page_that_has_not_begun() -> None:
    history = History()
    assert (history.running, history.last, history.seconds) == (False, 0, 0)


@given(CELLS)
def test_cells_run_one_after_the_other(cells: tuple[Cell, ...]) -> None:
    history = through(cells)
    assert history == History(cells, (WELL,) * len(cells))
    assert history.seconds == len(cells) / 2
    assert not history.running
    begun = history.begin(B)
    assert begun.running
    assert (begun.last, begun.runs) == (len(cells), history.runs)


@given(CELLS, CELLS)
def test_the_way_back_forgets_what_came_after(
    before: tuple[Cell, ...], after: Sequence[Cell]
) -> None:
    assert through((*before, *after)).before(len(before)) == through(before)
    assert through(before).begin(A).before(len(before)) == through(before)


@given(CELLS, CELLS)
def test_what_two_pages_begin_with_alike(old: tuple[Cell, ...], new: tuple[Cell, ...]) -> None:
    same = through(old).common(new)
    assert old[:same] == new[:same]
    assert same == min(len(old), len(new)) or old[same] != new[same]


def test_a_page_is_over_after_its_last_cell() -> None:
    assert History().completes([])
    assert not through([A]).completes([A, B])
    assert not through([A]).begin(B).completes([A, B])
    assert through([A, B]).completes([A, B])


def test_a_page_is_over_after_a_cell_that_lets_none_follow() -> None:
    assert History().begin(A).finish(REFUSED).completes([A, B])
    assert not History().begin(A).finish(FAILED).completes([A, B])
    assert History().begin(MAY_FAIL).finish(REFUSED).completes([MAY_FAIL, B])
    assert not History().begin(MAY_FAIL).finish(FAILED).completes([MAY_FAIL, B])
