"""Pairs each Korean block with its English.

A Korean paragraph, table or list is followed by its English in a quote; a title has both on one
line, ``한국어 · English``. The blocks may come from a page or from the tree of a renderer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.inline import english_words, is_english, is_korean, split_halves
from bitext.model import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MIN_WORDS = 3  # fewer English words may be a name or a caption, which need no Korean


@dataclass(frozen=True, slots=True)
class Pair:
    """A Korean block and its English counterpart.

    Attributes:
        korean: The Korean block.
        english: The English block.
    """

    korean: Block
    english: Block


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs of some blocks, and the blocks without a counterpart, in the order of the page.

    Attributes:
        pairs: Korean blocks with their English.
        korean: Korean blocks without English.
        english: English blocks without Korean.
    """

    pairs: tuple[Pair, ...]
    korean: tuple[Block, ...]
    english: tuple[Block, ...]


def pair(blocks: Sequence[Block]) -> Pairing:
    """Pair the blocks of a page, and those inside them.

    Args:
        blocks: Blocks that follow each other.
    """
    found = list(_match_blocks(blocks))
    return Pairing(
        tuple(Pair(korean, english) for korean, english in found if korean and english),
        tuple(korean for korean, english in found if korean and not english),
        tuple(english for korean, english in found if english and not korean),
    )


def _match_blocks(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Yield pairs of a Korean and an English block; None stands for a missing one."""
    rest = list(reversed(blocks))
    while rest:
        block = rest.pop()
        following = rest[-1] if rest else None
        if block.kind in {Kind.TITLE, Kind.LABEL}:
            yield from _match_title(block)
        elif block.kind is Kind.QUOTE:
            if block.leaves:
                yield (None, block) if _is_english(block) else (block, None)
        elif _is_korean(block, following):
            if following and following.kind is Kind.QUOTE and _is_english(following):
                yield block, rest.pop()
            else:
                yield block, None
                if following and (following.kind is Kind.QUOTE or _is_unpaired_english(following)):
                    rest.pop()  # meant as its English, so it is not reported again
        elif _is_unpaired_english(block):
            yield None, block
        else:
            yield from _match_blocks(block.children)


def _match_title(block: Block) -> Iterator[tuple[Block | None, Block | None]]:
    if both := split_halves(block.text):
        korean, english = (Block(block.kind, half, block.line) for half in both)
        yield korean, english
    elif is_korean(block.text):
        yield block, None
    elif block.kind is Kind.TITLE and english_words(block.text):
        yield None, block


def _is_korean(block: Block, following: Block | None) -> bool:
    """Whether a block needs English after it; in some lists the items do instead."""
    if block.kind is Kind.PARAGRAPH:
        return is_korean(block.text)
    if block.kind is Kind.TABLE:
        cells = (cell for row in block.children for cell in row.text.split("\t"))
        return any(is_korean(cell) and not split_halves(cell) for cell in cells)
    if block.kind is Kind.LIST and following and following.kind is Kind.QUOTE:
        listed = [inner.kind for inner in following.children] == [Kind.LIST]
        quoted = any(inner.kind is Kind.QUOTE for inner in block.walk())
        return listed and not quoted and any(is_korean(leaf.text) for leaf in block.leaves)
    return False


def _is_english(block: Block) -> bool:
    return bool(block.leaves) and is_english("\n".join(leaf.text for leaf in block.leaves))


def _is_unpaired_english(block: Block) -> bool:
    return (
        block.kind is Kind.PARAGRAPH
        and english_words(block.text) >= MIN_WORDS
        and not is_korean(block.text)
    )
