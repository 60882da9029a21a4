"""Assertions go, and nothing beside them."""

from __future__ import annotations

import pytest
from codeout.export.without_assertions import without_assertions


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("n = 3; assert n == 3", "n = 3"),
        ("assert a; assert b", ""),
        ("assert a; n = 1", "n = 1"),
        ("n = 1\nassert (n ==\n  1)  # one\nm = 2", "n = 1\nm = 2"),
        ("글 = '한'; assert 글; b = 1", "글 = '한'; b = 1"),
        ("for i in range(3):\n    assert i\nn = 1", "n = 1"),
        ("for i in load():\n    assert i\nn = 1", "for i in load():\n    pass\nn = 1"),
        ("for i in (1, 2):\n    assert i\ndel i", "for i in (1, 2):\n    pass\ndel i"),
        ("with file():\n    assert 1", "with file():\n    pass"),
        ("if a:\n    assert b\nelse:\n    c()", "if a:\n    pass\nelse:\n    c()"),
        ("def f():\n    assert x\n    return 1", "def f():\n    return 1"),
    ],
)
def test_what_is_left(code: str, left: str) -> None:
    assert without_assertions(code) == left
