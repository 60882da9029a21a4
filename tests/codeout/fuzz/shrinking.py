"""A small page that breaks a law as a large one does: lines are left out, then characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.page.lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def shrink(source: bytes, breaks: Callable[[bytes], bool]) -> bytes:
    """Leave out of a page what it takes not, line by line, then character by character."""
    text = source.decode()
    while True:
        smaller = _without(split_lines(text), breaks)
        smaller = _without(smaller, breaks)
        if smaller == text:
            return text.encode()
        text = smaller


def _without(pieces: Sequence[str], breaks: Callable[[bytes], bool]) -> str:
    """Leave out pieces, halves of them first (delta debugging; Zeller and Hildebrandt, 2002)."""
    size = len(pieces)
    while size:
        at = 0
        while at < len(pieces):
            fewer = [*pieces[:at], *pieces[at + size :]]
            if breaks("".join(fewer).encode()):
                pieces = fewer
            else:
                at += size
        size //= 2
    return "".join(pieces)
