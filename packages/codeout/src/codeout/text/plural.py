"""Numbers, and what they are numbers of."""

from __future__ import annotations


def plural(number: int, noun: str) -> str:
    """A number with its noun, which it agrees with: ``1 page``, ``2 pages``."""
    return f"{number} {noun}{'s' * (number != 1)}"
