"""Which blocks of a page share a session."""

from __future__ import annotations

import pytest
from codeout.page.directives import Directive
from codeout.page.model import Block
from codeout.page.sessions import sessions_of
from hypothesis import given
from hypothesis import strategies as st

PLAIN, FRESH, HIDDEN = Directive(), Directive(fresh=True), Directive(hidden=True)
A, FRESH_A = Directive(group="a"), Directive(group="a", fresh=True)


def blocks(*directives: Directive) -> list[Block]:
    return [Block("", 1, "", directive) for directive in directives]


@pytest.mark.parametrize(
    ("directives", "by_page", "by_block"),
    [
        ([PLAIN, PLAIN], [(0, 1)], [(0,), (1,)]),
        ([PLAIN, FRESH, PLAIN], [(0,), (1, 2)], [(0,), (1,), (2,)]),
        ([FRESH, PLAIN], [(0, 1)], [(0,), (1,)]),
        ([PLAIN, A, PLAIN, A], [(0, 2), (1, 3)], [(0,), (1, 3), (2,)]),
        ([A, FRESH, A], [(0, 2), (1,)], [(0, 2), (1,)]),
        ([A, FRESH_A, A], [(0,), (1, 2)], [(0,), (1, 2)]),
        ([PLAIN, HIDDEN, PLAIN], [(0, 1, 2)], [(0, 1), (2,)]),
        ([HIDDEN, PLAIN], [(0, 1)], [(0,), (1,)]),
    ],
)
def test_sessions(
    directives: list[Directive], by_page: list[tuple[int, ...]], by_block: list[tuple[int, ...]]
) -> None:
    assert [*sessions_of(blocks(*directives), "page")] == by_page
    assert [*sessions_of(blocks(*directives), "block")] == by_block


@given(
    st.lists(st.sampled_from([PLAIN, FRESH, HIDDEN, A, FRESH_A])),
    st.sampled_from(["page", "block"]),
)
def test_each_block_is_in_one_session(directives: list[Directive], mode: str) -> None:
    sessions = sessions_of(blocks(*directives), mode)
    assert sorted(at for held in sessions for at in held) == [*range(len(directives))]
    assert all([*held] == sorted(held) for held in sessions)
    assert [held[0] for held in sessions] == sorted(held[0] for held in sessions)
