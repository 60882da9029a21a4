"""Where two texts part: which lines move, which spans of them, and how people are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeout.movement import Move, columns, differing, marked, moves

SPANS = {
    "a number": ("loss 0.5231, 3 s", "loss 0.4987, 3 s", ["0.5231"], ["0.4987"]),
    "two numbers": ("1.5 and 2e-3", "1.6 and 2e-4", ["1.5", "2e-3"], ["1.6", "2e-4"]),
    "a sign": ("[-1.0]", "[1.0]", ["-1.0"], ["1.0"]),
    "a word": ("a red cat", "a black cat", ["red"], ["black"]),
    "a name with a digit": ("conv1.bias", "conv2.bias", ["conv1"], ["conv2"]),
    "something more": ("'a'", "'a', 'b'", [], ["b"]),
    "a mark": ("a, b", "a; b", [","], [";"]),
    "all of it": ("a", "b", ["a"], ["b"]),
}


@pytest.mark.parametrize(("old", "new", "gone", "came"), SPANS.values(), ids=SPANS)
def test_spans_are_whole_numbers_and_words(
    old: str, new: str, gone: list[str], came: list[str]
) -> None:
    mine, theirs = Move(1, old, new).spans
    assert [old[start:end] for start, end in mine] == gone
    assert [new[start:end] for start, end in theirs] == came


def test_with_as_many_lines_each_is_held_against_the_one_in_its_place() -> None:
    assert moves("a\nb\nc", "a\nc\nb") == (Move(2, "b", "c"), Move(3, "c", "b"))
    assert moves("a", "a") == ()


def test_lines_come_and_go() -> None:
    assert moves("a\nb", "a\nx\nb") == (Move(1, None, "x"),)
    assert moves("a\nx\nb", "a\nb") == (Move(2, "x", None),)
    assert moves("a\n1\nb", "a\n2\n3\nb") == (Move(2, "1", "2"), Move(2, None, "3"))


LINES = st.lists(st.sampled_from("abc"), max_size=6)


@given(LINES, LINES)
def test_what_does_not_differ_is_the_same(old: list[str], new: list[str]) -> None:
    rest, others = [*old], [*new]
    for a, b, c, d in reversed([*differing(old, new)]):
        del rest[a:b], others[c:d]
    assert rest == others


def test_people_see_carets_below_what_moves() -> None:
    assert marked(Move(1, "정확도 81.5 %", "정확도 9.5 %"), "as usual", "seed 1") == [
        "- 정확도 81.5 %",
        "         ^^^^  as usual",
        "+ 정확도 9.5 %",
        "         ^^^  seed 1",
    ]
    assert marked(Move(1, None, "new"), "as usual", "seed 1") == ["+ new", "  ^^^  seed 1"]


def test_hangul_takes_two_columns() -> None:
    assert columns("a가") == 3
