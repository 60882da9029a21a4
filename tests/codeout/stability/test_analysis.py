"""Runs of a page in, findings out: what moves, with what, and the narrowest comment for it."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from codeout.output.compare import agrees, elides
from codeout.stability.analysis import TOLERANCES, causes, elided_as, examine, narrowest
from codeout.stability.variants import USUAL, Kind, Variation
from hypothesis import given
from hypothesis import strategies as st

from tests.codeout.output.test_images import picture

if TYPE_CHECKING:
    from codeout.stability.analysis import Seen

RTOL = 1e-3
EXAMPLES: dict[str, tuple[list[str], str, str]] = {
    "nothing moves": (["a", "a"], "", ""),
    "within tolerance": (["1.0000", "1.0001"], "", ""),
    "fractions": (["a 1.0", "a 1.1"], "rtol=1e-1", ""),
    "rounded up": (["a 1.0", "a 1.06"], "rtol=1e-1", ""),
    "whichever is stored": (["1.0", "0.9", "1.1"], "rtol=5e-1", ""),
    "no tolerance at all": (["1.0\nend", "-1.0\nend"], "...", "...\nend"),
    "integers in a line": (["a\n1\nz", "a\n2\nz"], "...", "a\n...\nz"),
    "neighbouring lines": (["a\n1\n2\nz", "a\n2\n3\nz"], "...", "a\n...\nz"),
    "lines in two places": (["1\na\n1\nz", "2\na\n3\nz"], "...", "...\na\n...\nz"),
    "fractions in other lines": (["1.0\n1\nz", "1.0001\n2\nz"], "...", "1.0\n...\nz"),
    "lines that come": (["a\nz", "a\nb\nz"], "...", "a\n...\nz"),
    "lines that go": (["a\nb\nz", "a\nz"], "...", "a\n...\nz"),
    "an elision that is there": (["a\n...\nz\n1", "a\n...\nz\n2"], "...", "a\n...\nz\n..."),
    "a single line": (["1", "2"], "volatile", ""),
    "all lines": (["1\n2", "3\n4"], "volatile", ""),
    "nothing but blank lines left": (["1\n\n2", "3\n\n4"], "volatile", ""),
}


@pytest.mark.parametrize(("texts", "word", "short"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_narrowest_is_proposed(texts: list[str], word: str, short: str) -> None:
    proposal = narrowest([(text,) for text in texts], RTOL)
    assert proposal.word == word
    assert proposal.seen == ((short,) if short else ())


def test_pictures_can_only_be_volatile() -> None:
    red, blue = picture(), picture(dots=99)
    assert narrowest([(red,), (red,)], RTOL).word == ""
    assert narrowest([("a", red), ("a", blue)], RTOL).word == "volatile"
    assert narrowest([("a\n1", red), ("a\n2", red)], RTOL).seen == ("a\n...", red)
    assert narrowest([("a",), ("a", red)], RTOL).word == "volatile"
    assert narrowest([("a",), (red,)], RTOL).word == "volatile"


def test_a_tolerance_that_holds_already_is_not_narrowed() -> None:
    assert narrowest([("1.0",), ("1.1",)], 0.2).word == ""
    assert narrowest([("1.0",), ("1.3",)], 0.2).word == "rtol=5e-1"


LINE = st.one_of(
    st.sampled_from(["", "a", "b", "epoch 1"]),
    st.integers(1, 3).map(lambda number: f"step {number}"),
    st.integers(-9, 9).map(lambda number: f"loss {1 + number / 50:.3f}"),
    st.integers(-3, 3).map(lambda number: f"x {number / 2}"),
)
TEXT = st.lists(LINE, min_size=1, max_size=5).map("\n".join)
LIKE = st.lists(st.integers(-9, 9), min_size=1, max_size=4).map(
    lambda numbers: [f"a\nloss {1 + number / 40}\nb" for number in numbers]
)
RUNS = st.one_of(LIKE, st.lists(TEXT, min_size=1, max_size=4))


def all_agree(texts: list[str], rtol: float) -> bool:
    return all(agrees(old, new, rtol) for old, new in permutations(texts, 2))


@given(RUNS)
def test_a_proposal_that_is_followed_makes_all_runs_agree_and_no_narrower_one_does(
    texts: list[str],
) -> None:
    seen: list[Seen] = [(text,) for text in texts]
    proposal = narrowest(seen, RTOL)
    wider = [word for word in TOLERANCES if float(word) > RTOL]
    enough = [word for word in wider if all_agree(texts, float(word))]
    if not proposal.word:
        assert all_agree(texts, RTOL)
    elif proposal.word.startswith("rtol="):
        assert proposal.word == f"rtol={enough[0]}"
        assert not all_agree(texts, RTOL)
    else:
        assert not enough
        assert not all_agree(texts, RTOL)
    if proposal.word == "...":
        (short,) = proposal.seen
        assert isinstance(short, str)
        assert all(agrees(short, text, RTOL) for text in texts)
        assert any(line.strip() and not elides(line) for line in short.split("\n"))


AGAIN, SEED, SAME, HASH, THREADS = (
    Variation(kind, 1)
    for kind in (Kind.AGAIN, Kind.SEED, Kind.SAME_SEED, Kind.HASH_SEED, Kind.THREADS)
)
CAUSES = {
    "the seed": ("aabbaa", (Kind.SEED,)),
    "the hash seed": ("aaaaba", (Kind.HASH_SEED,)),
    "threads": ("aaaaab", (Kind.THREADS,)),
    "two things": ("aabbba", (Kind.SEED, Kind.HASH_SEED)),
    "no seed": ("abccde", (Kind.AGAIN,)),
    "time": ("abcdef", (Kind.SAME_SEED,)),
    "time that stood still once": ("aabcaa", (Kind.SAME_SEED,)),
}


@pytest.mark.parametrize(("shown", "found"), CAUSES.values(), ids=CAUSES)
def test_what_moves_with_what(shown: str, found: tuple[Kind, ...]) -> None:
    ways = (USUAL, AGAIN, SEED, SAME, HASH, THREADS)
    assert causes([(way, (text,)) for way, text in zip(ways, shown, strict=True)]) == found


def test_without_two_runs_of_one_seed_no_cause_is_told() -> None:
    assert causes([(USUAL, ("a",)), (AGAIN, ("b",)), (SEED, ("c",))]) == ()


def test_the_page_says_what_may_move() -> None:
    runs: list[tuple[Variation, Seen]] = [(USUAL, ("a\n1\n2.0",)), (AGAIN, ("a\n2\n2.0",))]
    assert examine(runs, ("a\n...\n2.0",), RTOL, volatile=False) is None
    finding = examine(runs, ("a\n1\n2.0",), RTOL, volatile=False)
    assert finding is not None
    assert (finding.allowed, finding.proposal.word) == (False, "...")
    volatile = examine(runs, (), RTOL, volatile=True)
    assert volatile is not None
    assert (volatile.allowed, volatile.proposal.word) == (True, "...")
    near: list[tuple[Variation, Seen]] = [(USUAL, ("2.0",)), (AGAIN, ("2.1",))]
    allowed = examine(near, ("2.0",), 0.1, volatile=False)
    assert allowed is not None
    assert (allowed.allowed, allowed.proposal.word) == (True, "")
    assert examine([(USUAL, ("1",)), (AGAIN, ("1",))], (), RTOL, volatile=False) is None


def test_elisions_of_the_page_stand_in_what_a_run_showed() -> None:
    assert elided_as(("a\n...\n1.0",), ("a\nb\n2.0", "more")) == ("a\n...\n2.0", "more")
    assert elided_as((b"", "...\nz"), ("text", "y\nz")) == ("text", "...\nz")
