"""A number agrees with its noun."""

from __future__ import annotations

import pytest
from codeout.text.plural import plural


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (21, "21 pages")]
)
def test_only_one_is_singular(number: int, told: str) -> None:
    assert plural(number, "page") == told
