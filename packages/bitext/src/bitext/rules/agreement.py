"""Rules: both halves of a pair have the same code, links and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bitext.finding import Finding, pair_finding
from bitext.inline import hangul_words, read_inline
from bitext.model import Kind
from bitext.number_words import word_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bitext.inline import Inline, Number
    from bitext.pairing import Pair
    from bitext.rules.context import Context, Rule

_ORDINAL = re.compile(r"\s*[0-9]+\.\s")
_SENTENCE = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)\.(?!\S)|[!?]+(?!\S)")
_PART = re.compile(r"[.!?:;]+(?!\S)")  # what is a sentence in the other language, maybe
_BOLD = re.compile(r"(?<![\\`*])\*\*(?=\S)([^*`\n]+?)(?<=\S)\*\*")
_SAME = "say the same in both languages"
_MANY = 2.5  # times as many sentences: then some are left out


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
        korean, english = _inlines(pair)
        sides = ((korean, english), (english, korean))
        only_korean, only_english = (_missing(one.numbers, two.numbers) for one, two in sides)
        missing = ((only_korean, english), (only_english, korean))
        words = [word_for(each, other.prose) for only, other in missing for each in only]
        hint = next((f"write the digit in both, not `{word}`" for word in words if word), _SAME)
        yield from _compare(pair, "the numbers differ", only_korean, only_english, hint)


def same_sentences(context: Context) -> Iterator[Finding]:
    """Neither half has so many more sentences that some must be missing in the other."""
    for pair in context.leaves():
        korean, english = (inline.prose for inline in _inlines(pair))
        counts = [len(_SENTENCE.findall(text)) for text in (korean, english)]
        parts = [len(_PART.findall(text)) for text in (korean, english)]
        if any(few and many >= _MANY * few for many, few in zip(counts, parts[::-1], strict=True)):
            told = f"the Korean has {_counted(counts[0])}, the English {_counted(counts[1])}"
            hint = "translate each of them; if nothing is left out, split the long ones"
            yield pair_finding(pair, told, hint)


def same_bold(context: Context) -> Iterator[Finding]:
    """If one half has words in bold, so has the other."""
    for pair in context.leaves():
        korean, english = (_BOLD.findall(block.text) for block in (pair.korean, pair.english))
        if bool(korean) != bool(english):
            name, words = ("Korean", korean) if korean else ("English", english)
            message = f"only the {name} has words in bold: {', '.join(words)}"
            yield pair_finding(pair, message, "mark the same words in both languages")


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


def _counted(sentences: int) -> str:
    return f"{sentences} sentence{'' if sentences == 1 else 's'}"


def _missing(numbers: Sequence[Number], others: Sequence[Number]) -> list[str]:
    known = {value for number in others for value in number.values}
    return [each.text for each in numbers if not each.is_word and not each.values & known]


def _compare(
    pair: Pair, what: str, korean: Iterable[str], english: Iterable[str], hint: str = _SAME
) -> Iterator[Finding]:
    sides = ("Korean", set(korean) - set(english)), ("English", set(english) - set(korean))
    told = [f"only in the {name} {', '.join(sorted(texts))}" for name, texts in sides if texts]
    if told:
        yield pair_finding(pair, f"{what}: {'; '.join(told)}", hint)


RULES: tuple[Rule, ...] = (
    same_code,
    same_links,
    same_numbers,
    same_sentences,
    same_bold,
    no_korean_in_english,
)
