"""How wide a terminal shows a text."""

from __future__ import annotations

from unicodedata import east_asian_width


def display_width(text: str) -> int:
    """Columns that a terminal gives to a text: a Hangul syllable takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
