"""Which errors of its cells a page survives."""

from __future__ import annotations

import pytest
from codeout.output.model import Error, Ran, Stream
from codeout.run.job import Cell

ERROR = Error(("builtins.KeyError", "builtins.LookupError"), 1, "KeyError: 1")
FINE = Ran((Stream("fine"),), 0, 4, frozenset())
FAILED = Ran((Stream("begun"), ERROR), 0, 5, frozenset())


@pytest.mark.parametrize(
    ("cell", "ran", "forgiven"),
    [
        pytest.param(Cell("", 1), FINE, True, id="nothing raised"),
        pytest.param(Cell("", 1), FAILED, False, id="raised"),
        pytest.param(Cell("", 1, raises="KeyError"), FAILED, True, id="raised as announced"),
        pytest.param(Cell("", 1, raises="LookupError"), FAILED, True, id="raised a subclass"),
        pytest.param(Cell("", 1, raises="ValueError"), FAILED, False, id="raised another"),
        pytest.param(Cell("", 1, raises="KeyError"), FINE, True, id="did not raise as announced"),
        pytest.param(Cell("", 1, may_fail=True), FAILED, True, id="may fail, did"),
        pytest.param(
            Cell("", 1, raises="ValueError", may_fail=True),
            FAILED,
            False,
            id="announced is stricter",
        ),
        pytest.param(Cell("", 1, may_fail=True), FINE, True, id="may fail, did not"),
    ],
)
def test_a_page_goes_on_after(cell: Cell, ran: Ran, *, forgiven: bool) -> None:
    assert cell.forgives(ran) is forgiven


def test_an_error_counts_only_where_it_ends_the_block() -> None:
    assert FINE.error is None
    assert Ran((), 0, 0, frozenset()).error is None
    assert FAILED.error is ERROR
