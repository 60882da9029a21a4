"""Which checkpoints go first where there are too many."""

from __future__ import annotations

from codeout.live.eviction import Kept, surplus
from hypothesis import given
from hypothesis import strategies as st


def page(name: str, count: int, size: int = 10) -> list[Kept]:
    return [Kept(name, index, size) for index in range(count)]


def gone(pages: list[list[Kept]], most: int, size: int) -> list[tuple[str, int]]:
    return [(kept.page, kept.index) for kept in surplus(pages, most, size)]


def test_what_is_within_the_bounds_stays() -> None:
    assert not gone([page("a", 5), page("b", 5)], 10, 100)


def test_those_that_save_least_go_first() -> None:
    """Blocks 0, 2 and 3 take no time, block 1 a minute: what stays is the one after it."""
    seconds = [0.0, 0.0, 60.0, 60.0, 60.0]
    slow = [Kept("a", index, 10, at) for index, at in enumerate(seconds)]
    assert gone([slow], 3, 1000) == [("a", 1), ("a", 3)]


def test_one_that_serves_many_blocks_stays() -> None:
    """As much time before each, and more blocks after the second."""
    kept = [Kept("a", index, 10, float(at)) for at, index in enumerate([0, 1, 2, 9])]
    assert gone([kept], 3, 1000) == [("a", 1)]


def test_a_page_that_runs_is_not_closed() -> None:
    pages = [page("a", 3), page("b", 3)]
    went = surplus(pages, 0, 0, running={"a"})
    assert [(kept.page, kept.index) for kept in went] == [("a", 1), ("b", 1)]


def test_of_equal_ones_those_of_the_page_edited_longest_ago_go_first() -> None:
    assert gone([page("a", 4), page("b", 4)], 6, 1000) == [("a", 1), ("a", 2)]


def test_then_that_page_itself_goes_with_its_last() -> None:
    assert gone([page("a", 4), page("b", 4)], 4, 1000) == [("a", 1), ("a", 2), ("a", 0)]


def test_memory_counts_as_well_as_number() -> None:
    assert gone([page("a", 5, 30)], 100, 100) == [("a", 1), ("a", 2)]


def test_the_page_that_is_edited_keeps_its_start_and_its_end() -> None:
    assert gone([page("a", 5)], 0, 0) == [("a", 1), ("a", 2), ("a", 3)]


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4), st.integers(0, 20))
def test_the_bounds_hold_but_for_the_page_that_is_edited(counts: list[int], most: int) -> None:
    pages = [page(str(at), count) for at, count in enumerate(counts)]
    went = {(kept.page, kept.index) for kept in surplus(pages, most, 10**9)}
    closed = {name for name, index in went if not index}
    left = [
        kept
        for each in pages
        for kept in each
        if kept.page not in closed and (kept.page, kept.index) not in went
    ]
    assert len(left) <= max(most, min(2, counts[-1]))
