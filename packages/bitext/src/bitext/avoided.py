"""Phrases that a site avoids, and what to write in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Avoided:
    """A phrase in either language that a site avoids.

    Attributes:
        text: The phrase. It is found where a word starts, so that it may have a particle after it.
        instead: What to write.
    """

    text: str
    instead: str

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (offset, phrase as it is written) for each place of a text that has the phrase."""
        words = r"\s+".join(map(re.escape, self.text.split()))
        start = r"\b" if re.match(r"\w", self.text) else ""
        for match in re.finditer(start + words, text, re.IGNORECASE):
            yield match.start(), " ".join(match[0].split())


def read_avoided(table: dict[str, Any]) -> Avoided:
    """Read an ``[[avoid]]`` of a glossary.

    Raises:
        ValueError: It has other keys than ``text`` and ``instead``, or one that is no text.
    """
    if table.keys() != {"text", "instead"} or not all(isinstance(v, str) for v in table.values()):
        raise ValueError(f"an [[avoid]] has a `text` and an `instead`: {table}")
    return Avoided(table["text"], table["instead"])
