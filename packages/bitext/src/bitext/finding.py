"""What is wrong between the two languages, told once: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.inline import shorten

if TYPE_CHECKING:
    from bitext.model import Block
    from bitext.pairing import Pair


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a page.

    Attributes:
        line: The line of the page, counted from 1.
        message: What is wrong, in one sentence without a final full stop.
        hint: What to do about it.
        korean: The Korean that is meant; may be empty.
        english: The English that is meant; may be empty.
    """

    line: int
    message: str
    hint: str
    korean: str = ""
    english: str = ""

    def format(self, location: str) -> str:
        """Say it in two to four lines, the first of which starts with its place."""
        lines = [f"{location}: {self.message}"]
        lines += [f"  ko: {shorten(self.korean)}"] if self.korean else []
        lines += [f"  en: {shorten(self.english)}"] if self.english else []
        return "\n".join([*lines, f"  hint: {self.hint}"])


def pair_finding(pair: Pair, message: str, hint: str) -> Finding:
    """Find something wrong with a pair, and quote it."""
    korean, english = quote_block(pair.korean), quote_block(pair.english)
    return Finding(pair.korean.line, message, hint, korean, english)


def quote_block(block: Block) -> str:
    """The text of a block and of all that is in it."""
    return " / ".join(leaf.text for leaf in block.leaves)
