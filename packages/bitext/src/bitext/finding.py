"""A difference between the two languages: where it is, what it is, and how to correct it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.inline import shorten

if TYPE_CHECKING:
    from bitext.model import Block
    from bitext.pairing import Pair


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a page.

    Attributes:
        line: The line of the page, counted from 1.
        message: What is wrong, in one sentence without a final full stop.
        hint: How to correct it.
        korean: The Korean text in question; may be empty.
        english: The English text in question; may be empty.
    """

    line: int
    message: str
    hint: str
    korean: str = ""
    english: str = ""

    def format(self, location: str) -> str:
        """Format it in two to four lines; the first begins with the location, ``page.md:3``."""
        lines = [f"{location}: {self.message}"]
        lines += [f"  ko: {shorten(self.korean)}"] if self.korean else []
        lines += [f"  en: {shorten(self.english)}"] if self.english else []
        return "\n".join([*lines, f"  hint: {self.hint}"])


def pair_finding(pair: Pair, message: str, hint: str) -> Finding:
    """Make a finding that quotes both halves of a pair."""
    korean, english = quote_block(pair.korean), quote_block(pair.english)
    return Finding(pair.korean.line, message, hint, korean, english)


def quote_block(block: Block) -> str:
    """The texts of a block and of all blocks in it."""
    return " / ".join(leaf.text for leaf in block.leaves)
