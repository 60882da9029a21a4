"""What is varied, and that it reaches a page."""

from __future__ import annotations

import json

import pytest
from codeout.stability.variants import USUAL, Kind, Variation, variations

CODE = "import json\nimport numpy as np"


def test_a_round_varies_one_thing_at_a_time() -> None:
    assert [variation.title for variation in (USUAL, *variations(7))] == [
        "as usual",
        "another run",
        "seed 1",
        "seed 1 again",
        "hash seed 1",
        "2 threads",
        "another run",
        "seed 2",
    ]


@pytest.mark.parametrize("count", range(1, 12))
def test_there_are_as_many_as_asked_for_and_no_two_alike(count: int) -> None:
    assert len({USUAL, *variations(count)}) == 1 + count


def test_the_environment_says_what_an_interpreter_reads_when_it_starts() -> None:
    assert Variation(Kind.HASH_SEED, 3).environment == {"PYTHONHASHSEED": "3"}
    assert Variation(Kind.THREADS, 4).environment["OMP_NUM_THREADS"] == "4"
    others = [USUAL, Variation(Kind.AGAIN, 1), Variation(Kind.SEED, 1)]
    assert not any(variation.environment for variation in others)


def test_what_the_page_names_is_seeded() -> None:
    draw = "import random, sys, numpy\nprint([random.random(), numpy.random.rand()])"
    seen = []
    for kind, number in ((Kind.SEED, 1), (Kind.SAME_SEED, 1), (Kind.SEED, 2)):
        setup = Variation(kind, number).setup(CODE)
        exec(setup, names := {})  # noqa: S102
        exec(draw.replace("print", "drawn = "), names)  # noqa: S102
        seen.append(json.dumps(names["drawn"]))
    assert seen[0] == seen[1] != seen[2]
    assert "torch" not in Variation(Kind.SEED, 1).setup(CODE).partition("for name")[2][:40]


def test_only_seeds_set_something_up() -> None:
    assert [kind for kind in Kind if Variation(kind, 1).setup(CODE)] == [Kind.SEED, Kind.SAME_SEED]
