"""Display width of text in a terminal."""

from __future__ import annotations

from unicodedata import east_asian_width


def display_width(text: str) -> int:
    """The number of columns that a text takes; a Hangul syllable takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
