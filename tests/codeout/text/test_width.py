"""Columns in a terminal."""

from __future__ import annotations

from codeout.text.width import display_width, expand_tabs


def test_hangul_takes_two_columns() -> None:
    assert display_width("a가") == 3


def test_tabs_are_expanded_by_columns() -> None:
    assert expand_tabs("a\tb\n가\tb") == "a       b\n가      b"
    assert expand_tabs("no tab") == "no tab"
