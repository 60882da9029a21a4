"""Which blocks others need."""

from __future__ import annotations

import pytest
from codeout.adopt.needs import needed_by

CODES = ["import math", "radius = 2", "radius = 3", "area = math.pi * radius", "print(area)", "1"]


@pytest.mark.parametrize(
    ("chosen", "needed"),
    [
        ([4], {0, 2, 3}),
        ([3, 4], {0, 2}),
        ([5], set()),
        ([1], set()),
    ],
)
def test_what_a_block_needs_comes_before_it(chosen: list[int], needed: set[int]) -> None:
    assert needed_by(chosen, CODES) == needed
