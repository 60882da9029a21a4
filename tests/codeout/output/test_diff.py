"""Where two texts part: which lines move, which spans of them, and how people are told."""

from __future__ import annotations

import random

import pytest
from codeout.output.diff import LineChange, changed_ranges, diff_lines, line_changes, show_change
from hypothesis import given
from hypothesis import strategies as st

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
    mine, theirs = LineChange(1, old, new).spans
    assert [old[start:end] for start, end in mine] == gone
    assert [new[start:end] for start, end in theirs] == came


def test_with_as_many_lines_each_is_held_against_the_one_in_its_place() -> None:
    assert line_changes("a\nb\nc", "a\nc\nb") == (LineChange(2, "b", "c"), LineChange(3, "c", "b"))
    assert line_changes("a", "a") == ()


def test_lines_come_and_go() -> None:
    assert line_changes("a\nb", "a\nx\nb") == (LineChange(1, None, "x"),)
    assert line_changes("a\nx\nb", "a\nb") == (LineChange(2, "x", None),)
    longer = line_changes("a\n1\nb", "a\n2\n3\nb")
    assert longer == (LineChange(2, "1", "2"), LineChange(2, None, "3"))


def test_a_difference_is_told_like_diff() -> None:
    assert [*diff_lines(["a", "b"], ["a", "c"])] == [
        *("--- in the page", "+++ from the run", "@@ -1,2 +1,2 @@", " a", "-b", "+c")
    ]
    assert not [*diff_lines(["a"], ["a"])]


def test_of_very_long_outputs_the_first_lines_that_differ_are_told() -> None:
    """Lines at random, of which any might be the other of any: comparing all takes minutes."""
    chance = random.Random(0)  # noqa: S311
    same = [str(at) for at in range(2000)]
    was, now = ([*same, *(str(chance.randrange(150)) for _ in range(100_000))] for _ in "ab")
    told = [*diff_lines(was, now)]
    assert told[2].startswith("@@ -1998,")
    assert told[3:6] == [" 1997", " 1998", " 1999"]
    assert len(told) < 1100


LINES = st.lists(st.sampled_from("abc"), max_size=6)


@given(LINES, LINES)
def test_what_does_not_differ_is_the_same(old: list[str], new: list[str]) -> None:
    rest, others = [*old], [*new]
    for a, b, c, d in reversed([*changed_ranges(old, new)]):
        del rest[a:b], others[c:d]
    assert rest == others


def test_people_see_carets_below_what_moves() -> None:
    assert show_change(LineChange(1, "정확도 81.5 %", "정확도 9.5 %"), "as usual", "seed 1") == [
        "- 정확도 81.5 %",
        "         ^^^^  as usual",
        "+ 정확도 9.5 %",
        "         ^^^  seed 1",
    ]
    new = LineChange(1, None, "new")
    assert show_change(new, "as usual", "seed 1") == ["+ new", "  ^^^  seed 1"]
