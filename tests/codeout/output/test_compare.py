"""When the stored output stays, and what is stored otherwise."""

from __future__ import annotations

import math
from fractions import Fraction
from time import process_time

import pytest
from codeout.output.compare import agrees, merge
from hypothesis import assume, given
from hypothesis import strategies as st

SAME_NUMBERS = [
    ("loss: 2.3026", "loss: 2.3031"),
    ("accuracy 98.5%, 3.20ms, 1.50it/s", "accuracy 98.49%, 3.201ms, 1.501it/s"),
    ("손실은 0.6931입니다", "손실은 0.6930입니다"),
    ("tensor([ 0.0000, 1.])", "tensor([-0.0000, 1.0001])"),
    ("1.1921e-07", "1.1925e-07"),
    ("1e-05", "0.00001"),
    ("0.5000+0.2500j", "0.5001+0.2501j"),
    ("nan -inf", "nan -inf"),
    ("Avg loss:    0.9", "Avg loss: 0.9"),
    ("[  1,   2]", "[1, 2]"),
    ("[    nan, 0.1]", "[nan, 0.1]"),
    ("one \ntwo", "one\ntwo \n"),
    ("[0.99999999 1.        ]", "[1. 1.]"),
    ("[[1.         2.        ]\n [0.99999999 3.        ]]", "[[1. 2.]\n [1. 3.]]"),
    ("array([0.99999999, 1.        ], dtype=float32)", "array([1., 1.], dtype=float32)"),
    ("0  0.999999  a\n1  0.5       b", "0  1.0  a\n1  0.5  b"),
    ("0.0", "1.2246e-16"),
    ("1.2246e-16", "0.0"),
    ("[-0.  1.]", "[0. 1.]"),
]

OTHER_NUMBERS = [
    ("loss: 2.30", "loss: 2.31"),
    ("64 of 60000", "64 of 60001"),
    ("2", "2.0"),
    ("0.5", "-0.5"),
    ("0.0", "0.001"),
    ("nan", "0.1"),
    ("inf", "-inf"),
    ("1.5", "inf"),
    ("inf", "1.5"),
    ("1e999", "2e999"),
    ("1e999", "1.5"),
    ("1 2", "12"),
    ("0.5ms", "0.5s"),
    ("0.50, 0.50", "0.50"),
    ("6.62607015e-34", "1.054571817e-34"),
    ("-7.25e-09", "3.5e-12"),
    ("1e-400", "2e-400"),
    ("0.", "1."),
    ("0.0", "0.1"),
    ("0.0000", "0.0001"),
    ("3 apples", "3apples"),
    ("0.5 (a)", "0.5(a)"),
]

# Close if they were numbers; they are names, versions, dates, shapes, colours.
NO_NUMBERS = [
    ("torch 2.1400.1", "torch 2.1401.1"),
    ("2.1400.dev0", "2.1401.dev0"),
    ("2.1400a1", "2.1401a1"),
    ("v2.1400", "v2.1401"),
    ("2026.1123.9", "2026.1124.9"),
    ("gpt-3.5000", "gpt-3.5001"),
    ("layer.1000.weight", "layer.1001.weight"),
    ("1000.weight", "1001.weight"),
    ("torch.float32", "torch.float64"),
    ("3x224.0x9", "3x224.1x9"),
    ("0x1000.8p3", "0x1001.8p3"),
    ("#1000e1", "#1001e1"),
    ("12e4567", "13e4567"),
    ("conv 2", "conv2"),
]

ELIDED = [
    ("...", ""),
    ("...", "anything\nat all"),
    ("a\n...\nz", "a\nz"),
    ("a\n...\nz", "a\nb\nc\nz\n"),
    ("...\nz", "x\ny\nz"),
    ("a\n   ...  ", "a\nb\nc"),
    ("a\n...\nm\n...\nz", "a\nb\nm\nm\ny\nz"),
    ("a\n...\n...\nz", "a\nz"),
    ("a\n...\nz", "a\n...\nz"),
    ("loss 2.30\n...\nloss 0.10", "loss 2.3001\nloss 1.00\nloss 0.1"),
    ("a\n...\nb\nc", "a\nb\nb\nc"),
]

NOT_ELIDED = [
    ("a\n...\nz", "a"),
    ("a\n...\na", "a"),
    ("a\n...\nm\n...\nz", "a\nb\nz"),
    ("a\n...\nz", "a\nb\nz\nb"),
    ("...\nz", "z\na"),
    ("a\n ...,\nz", "a\nb\nz"),
    ("a\nz", "a\n...\nz"),
    ("a", "a\nb"),
    ("a\nb", "a"),
    ("", "a"),
]


@pytest.mark.parametrize(("old", "new"), SAME_NUMBERS + ELIDED)
def test_agrees(old: str, new: str) -> None:
    assert agrees(old, new)


@pytest.mark.parametrize(("old", "new"), OTHER_NUMBERS + NO_NUMBERS + NOT_ELIDED)
def test_disagrees(old: str, new: str) -> None:
    assert not agrees(old, new)


def test_tolerance_is_measured_from_the_stored_number() -> None:
    assert agrees("1.0", "1.5", rtol=0.5)
    assert not agrees("1.0", "1.51", rtol=0.5)


@pytest.mark.parametrize(
    ("zero", "unit"), [("0.", 1), ("0.0", 0.1), ("-0.0000", 1e-4), ("0e-9", 1e-9)]
)
def test_beside_zero_it_is_measured_in_units_of_the_last_printed_digit(
    zero: str, unit: float
) -> None:
    within, beyond = f"{0.9 * unit * 1e-3:.3e}", f"{1.1 * unit * 1e-3:.3e}"
    assert agrees(zero, within)
    assert agrees(within, zero)
    assert not agrees(zero, beyond)
    assert not agrees(beyond, zero)


@pytest.mark.parametrize(
    ("old", "new"), [("1.0", "1.00"), ("0.0", "-0.0"), ("1e-30", "2e-30"), ("0.0", "1e-300")]
)
def test_no_tolerance_asks_for_numbers_that_are_written_alike(old: str, new: str) -> None:
    assert not agrees(old, new, rtol=0)
    assert agrees(old, old, rtol=0)


@pytest.mark.parametrize(
    ("old", "new", "stored"),
    [
        pytest.param("a 0.50\nb", "a 0.51\nb", "a 0.51\nb", id="no elision: the new text"),
        pytest.param(
            "loss 2.3 [64]\n...\nepoch 2\nloss 1.1 [64]\n...\ndone",
            "loss 2.4 [64]\nnext\nlast\nepoch 2\nloss 1.2 [64]\nloss 0.9 [128]\ndone\n",
            "loss 2.4 [64]\n...\nepoch 2\nloss 1.2 [64]\n...\ndone\n",
            id="fractions changed: all elisions survive",
        ),
        pytest.param(
            "cpu\nepoch 1\n  ...\nepoch 9\nend",
            "cuda\nepoch 1\nepoch 2\nepoch 9\nend",
            "cuda\nepoch 1\n  ...\nepoch 9\nend",
            id="a line elsewhere changed: the elision survives as it was written",
        ),
        pytest.param(
            "a\n...\nm\nx\n...",
            "a\nb\nm\ny\nz",
            "a\n...\nm\ny\nz",
            id="each for itself",
        ),
        pytest.param(
            "...\nm\nold", "a\nb\nm\nnew", "...\nm\nnew", id="the edge of the text is a neighbour"
        ),
        pytest.param("a\n...\nz", "a\nb", "a\nb", id="a neighbour is gone"),
        pytest.param("x\na\n...\nz", "y\na\nb\na\nz", "y\na\nb\na\nz", id="a neighbour is twice"),
        pytest.param("x\na\n...\nz", "z\nb\na", "z\nb\na", id="the neighbours changed places"),
        pytest.param(
            "x\na\n...\nb\nc\n...\nd",
            "y\na\nc\nb\nd",
            "y\na\n...\nb\nd",
            id="no elision reaches into another",
        ),
    ],
)
def test_merge(old: str, new: str, stored: str) -> None:
    assert merge(old, new) == stored


lines = st.sampled_from(
    ["...", " ... ", "", "a", "b", "n 0.5", "n 0.50001", "n 0.7", "n 1", "n  1"]
)
texts = st.lists(lines | st.text(max_size=4), max_size=8).map("\n".join)
pairs = given(old=texts, new=texts)


@given(texts)
def test_every_text_agrees_with_itself(text: str) -> None:
    assert agrees(text, text)


@pairs
def test_what_is_stored_agrees_with_the_new_text(old: str, new: str) -> None:
    assert agrees(merge(old, new), new)


@pairs
def test_merging_twice_is_merging_once(old: str, new: str) -> None:
    stored = merge(old, new)
    assert merge(stored, new) == stored


@pairs
def test_a_text_that_agrees_is_kept_to_the_byte(old: str, new: str) -> None:
    assert merge(old, new) == old or not agrees(old, new)


@given(st.lists(lines), st.data())
def test_an_elision_may_stand_for_any_lines(printed: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(printed)))
    end = data.draw(st.integers(start, len(printed)))
    stored = [*printed[:start], "...", *printed[end:]]
    assert agrees("".join(f"{line}\n" for line in stored), "".join(f"{line}\n" for line in printed))


@given(st.floats(allow_nan=False, allow_infinity=False).filter(bool), st.floats(-2e-3, 2e-3))
def test_numbers_agree_by_their_ratio_alone(number: float, drift: float) -> None:
    a, b = f"{number:.17e}", f"{number * (1 + drift):.17e}"
    assume(float(b) and math.isfinite(float(b)))
    within = abs(Fraction(b) - Fraction(a)) <= Fraction(1e-3) * abs(Fraction(a))
    assert agrees(f"x = {a}", f"x = {b}") == within


@given(number=st.floats(1e-3, 1e3), scale=st.integers(-200, 200), drift=st.floats(-2e-3, 2e-3))
def test_the_size_of_numbers_does_not_matter(number: float, scale: int, drift: float) -> None:
    old, new = f"{number:.12f}", f"{number * (1 + drift):.12f}"
    assert agrees(old, new) == agrees(f"{old}e{scale}", f"{new}e{scale}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("...\nline {at}", "line {at}"),
        ("...\nsame\nsame\nother", "same"),
        ("same", "same"),
        ("1.0", "1.0"),
        ("1.0", "1.0000{at}"),
    ],
)
def test_the_time_grows_with_the_lines_and_not_with_their_product(old: str, new: str) -> None:
    """Anybody may have written the page, and no time limit of a block holds here."""
    stored = "\n".join(old.format(at=at) for at in range(0, 20_000, 2))
    captured = "\n".join(new.format(at=at) for at in range(20_000))
    start = process_time()
    assert not agrees(f"...\n{stored}\n9.0\n...", captured)
    assert process_time() - start < 10
