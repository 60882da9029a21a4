"""What the rules look at: a page, its pairs, and the terms of its site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.pairing import Pair, Pairing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bitext.finding import Finding
    from bitext.glossary import Glossary
    from bitext.model import Block, Kind
    from bitext.page import Page


@dataclass(frozen=True, slots=True)
class Context:
    """A page as the rules see it."""

    page: Page
    pairing: Pairing
    glossary: Glossary

    def leaves(self) -> Iterator[Pair]:
        """Yield the pairs leaf by leaf, each row and each item, where both halves have as many."""
        for pair in self.pairing.pairs:
            if shape(pair.korean) == shape(pair.english):
                leaves = zip(pair.korean.leaves, pair.english.leaves, strict=True)
                yield from (Pair(korean, english) for korean, english in leaves)


def shape(block: Block) -> list[Kind]:
    """What the leaves of a block are, of a row also how many cells there are."""
    return [kind for leaf in block.leaves for kind in [leaf.kind] * (1 + leaf.text.count("\t"))]


if TYPE_CHECKING:
    Rule = Callable[[Context], Iterator[Finding]]
