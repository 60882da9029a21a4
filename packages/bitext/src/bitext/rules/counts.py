"""Rules: a number of things that a text announces is that of the list after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bitext.finding import Finding
from bitext.inline import read_inline
from bitext.model import Block, Kind
from bitext.number_words import ENGLISH, KOREAN, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bitext.rules.context import Context, Rule

_ANNOUNCED: Final = re.compile(
    rf"(?<![가-힣])(?P<ko>{'|'.join(KOREAN[1:])}) (?:가지|단계|개(?=입니다))"
    rf"|\b(?P<en>{'|'.join(ENGLISH[1:])}) (?:more )?"
    r"(?:things|ways|points|reasons|places|parts|kinds|rules|steps|terms|cases|mistakes)\b",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")


def announced(context: Context) -> Iterator[Finding]:
    """A list has as many items as the sentence before it announces: ``네 가지``, "four things"."""
    for section in context.page.sections:
        yield from _among(section)


def _among(blocks: Sequence[Block]) -> Iterator[Finding]:
    said: list[Block] = []  # a paragraph, and its English, right before the next block
    for block in blocks:
        if block.kind is Kind.LIST:
            for paragraph in said:
                yield from _compare(paragraph, _items(block))
        if block.kind is Kind.PARAGRAPH:
            said = [block]
        elif block.kind is Kind.QUOTE and len(said) == 1:
            said += [leaf for leaf in block.leaves[-1:] if leaf.kind is Kind.PARAGRAPH]
        else:
            said = []
        yield from _among(block.children)


def _items(block: Block) -> int:
    return sum(child.kind is Kind.ITEM for child in block.children)


def _compare(paragraph: Block, items: int) -> Iterator[Finding]:
    last = _SENTENCES.split(read_inline(paragraph.text).prose.strip())[-1]
    for found in _ANNOUNCED.finditer(last):
        number = NUMBERS[(found["ko"] or found["en"]).lower()]
        if number != items:
            message = f"`{found[0]}` announced, and a list of {items}"
            hint = "count the items, and correct the number or the list"
            yield Finding(paragraph.line, message, hint, last)


RULES: tuple[Rule, ...] = (announced,)
