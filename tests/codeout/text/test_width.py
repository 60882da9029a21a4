"""Columns in a terminal."""

from __future__ import annotations

from codeout.text.width import display_width


def test_hangul_takes_two_columns() -> None:
    assert display_width("a가") == 3
