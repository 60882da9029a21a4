"""Display width of text in a terminal."""

from __future__ import annotations

from typing import Final
from unicodedata import category, east_asian_width

_TAB: Final = 8
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})


def display_width(text: str) -> int:
    """The number of columns that a text takes: a Hangul syllable two, a combining mark none."""
    return len(text) if text.isascii() else sum(map(_width, text))


def expand_tabs(text: str) -> str:
    """Replace tabs by blanks up to the next multiple of eight columns."""
    if "\t" not in text or text.isascii():
        return text.expandtabs(_TAB)
    return "\n".join(map(_expanded, text.split("\n")))


def _expanded(line: str) -> str:
    *stretches, last = line.split("\t")
    column = 0
    parts = []
    for stretch in stretches:
        column += display_width(stretch)
        blanks = _TAB - column % _TAB
        parts += [stretch, " " * blanks]
        column += blanks
    return "".join([*parts, last])


def _width(char: str) -> int:
    if category(char) in _NO_WIDTH:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
