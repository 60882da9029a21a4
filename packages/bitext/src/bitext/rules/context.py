"""The data that rules check: a page, its pairs, and the glossary."""

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
    """What a rule gets.

    Attributes:
        page: The page.
        pairing: Its pairs, and its blocks without a counterpart.
        glossary: The terms of its site.
    """

    page: Page
    pairing: Pairing
    glossary: Glossary

    def leaves(self) -> Iterator[Pair]:
        """Yield pairs of leaves, such as rows, from the pairs whose halves have the same shape."""
        for pair in self.pairing.pairs:
            if shape(pair.korean) == shape(pair.english):
                leaves = zip(pair.korean.leaves, pair.english.leaves, strict=True)
                yield from (Pair(korean, english) for korean, english in leaves)


def shape(block: Block) -> list[Kind]:
    """The kinds of the leaves of a block; a row is repeated for each of its cells."""
    return [kind for leaf in block.leaves for kind in [leaf.kind] * (1 + leaf.text.count("\t"))]


if TYPE_CHECKING:
    Rule = Callable[[Context], Iterator[Finding]]
