"""Rules: both halves of a pair have the same code, links and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bitext.finding import Finding, pair_finding
from bitext.inline import hangul_words, read_inline
from bitext.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bitext.inline import Inline, Number
    from bitext.pairing import Pair
    from bitext.rules.context import Context, Rule

_ORDINAL = re.compile(r"\s*[0-9]+\.\s")


def same_code(context: Context) -> Iterator[Finding]:
    """The inline code of both halves is the same, regardless of repetitions."""
    for pair in context.leaves():
        korean, english = ([f"`{code}`" for code in inline.code] for inline in _inlines(pair))
        yield from _compare(pair, "the code differs", korean, english)


def same_links(context: Context) -> Iterator[Finding]:
    """The links of both halves have the same targets."""
    for pair in context.leaves():
        korean, english = (inline.links for inline in _inlines(pair))
        yield from _compare(pair, "the links differ", korean, english)


def same_numbers(context: Context) -> Iterator[Finding]:
    """The numbers of both halves are the same; those in words are optional."""
    for pair in context.leaves():
        korean, english = (inline.numbers for inline in _inlines(pair))
        yield from _compare(
            pair, "the numbers differ", _missing(korean, english), _missing(english, korean)
        )


def no_korean_in_english(context: Context) -> Iterator[Finding]:
    """The English has no Korean words."""
    for pair in context.pairing.pairs:
        for leaf in pair.english.leaves:
            if words := hangul_words(leaf.text):
                message = f"there is Korean in the English: {' '.join(words)}"
                hint = "translate it; what must stay in Hangul is code, in both languages"
                yield Finding(leaf.line, message, hint, "", leaf.text)


def _inlines(pair: Pair) -> Iterator[Inline]:
    """Read both halves, without the number before a title, which only one of them has."""
    for block in (pair.korean, pair.english):
        is_title = block.kind in {Kind.TITLE, Kind.LABEL}
        yield read_inline(_ORDINAL.sub("", block.text, count=1) if is_title else block.text)


def _missing(numbers: Sequence[Number], others: Sequence[Number]) -> list[str]:
    known = {value for number in others for value in number.values}
    return [each.text for each in numbers if not each.is_word and not each.values & known]


def _compare(
    pair: Pair, what: str, korean: Iterable[str], english: Iterable[str]
) -> Iterator[Finding]:
    sides = ("Korean", set(korean) - set(english)), ("English", set(english) - set(korean))
    told = [f"only in the {name} {', '.join(sorted(texts))}" for name, texts in sides if texts]
    if told:
        yield pair_finding(pair, f"{what}: {'; '.join(told)}", "say the same in both languages")


RULES: tuple[Rule, ...] = (same_code, same_links, same_numbers, no_korean_in_english)
