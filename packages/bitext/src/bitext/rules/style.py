"""Rules: small points of style, in either language."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from bitext.finding import Finding
from bitext.inline import read_inline, split_halves, split_heading
from bitext.korean import PARTICLE, fitting
from bitext.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bitext.model import Block
    from bitext.rules.context import Context, Rule

_SPACED_PERCENT: Final = re.compile(r"([0-9]+)\s+%(?![A-Za-z(])")
_TO_WHOM: Final = re.compile(r"(?P<who>[\w\ufffc]+?)(?P<many>들)?에게")
_THINGS: Final = ("컴퓨터", "함수", "파이썬", "코드", "프로그램", "라이브러리", "모델", "신경망")
_SENTENCE_END: Final = re.compile(r"[.!?]+(?:\s+|$)")
_PLAIN: Final = re.compile(r"[가-힣](?<!니)다")
_POLITE: Final = re.compile(r"(?:니다|니까|요)\W*$")
_LABEL_WORDS: Final = 2


def percent(context: Context) -> Iterator[Finding]:
    """A percent sign follows its number without a space."""
    for block in chain(context.page.front, context.page.blocks()):
        for text in _texts(block):
            for found in _SPACED_PERCENT.finditer(text):
                line = block.line + text[: found.start()].count("\n")
                message = f"there is a space before %: `{found[0]}`"
                yield Finding(line, message, f"write `{found[1]}%`", text[found.start() :])


def to_things(context: Context) -> Iterator[Finding]:
    """``에게`` is for people and animals: a thing takes ``에``."""
    things = tuple({term.stem for term in context.glossary.terms} | {*_THINGS})
    for block in context.page.blocks():
        for text in _texts(block):
            for found in _TO_WHOM.finditer(text):
                who = found["who"]
                if not (who.endswith(things) or re.search(r"[A-Za-z0-9_\ufffc]$", who)):
                    continue
                line = block.line + text[: found.start()].count("\n")
                shown = found[0].replace("\ufffc", "`…`")
                thing = shown.removesuffix("에게")
                message = f"{shown}: 에게 is for people and animals"
                yield Finding(line, message, f"write {thing}에", text[found.start() :])


def particles(context: Context) -> Iterator[Finding]:
    """A particle fits the term or the number before it: ``텐서를``, not ``텐서을``."""
    stems = {term.stem for term in context.glossary.terms if len(term.stem) > 1}
    words = "|".join(map(re.escape, sorted(stems, key=len, reverse=True)))
    number = r"(?<![\w.,])[0-9][0-9.,]*(?<=[0-9])"
    terms = rf"(?:{words or '(?!)'})"
    pattern = re.compile(rf"(?P<word>{number}|{terms})(?P<english>\([^()]*\))?{PARTICLE}")
    for block in context.page.blocks():
        for text in _texts(block):
            for found in pattern.finditer(text):
                right = fitting(found["word"], found["particle"])
                if found["particle"] != right:
                    line = block.line + text[: found.start()].count("\n")
                    word = f"{found['word']}{found['english'] or ''}"
                    hint = f"write `{word}{right}{found['more'] or ''}`"
                    message = f"`{found[0]}`: {found['particle']} does not fit the word before it"
                    yield Finding(line, message, hint, text[found.start() :])


def polite_descriptions(context: Context) -> Iterator[Finding]:
    """The Korean description of an image is in polite sentences, as the text is.

    One or two words, as of a logo, are a label and need not be a sentence.
    """
    for block in context.page.blocks():
        for text in read_inline(block.text).images:
            korean, _ = split_halves(text) or ("", "")
            label = len(korean.split()) <= _LABEL_WORDS
            for sentence in filter(None, _SENTENCE_END.split(korean)):
                plain = _PLAIN.fullmatch(sentence[-2:])
                if plain or not (label or _POLITE.search(sentence)):
                    how = "in the plain style (반말)" if plain else "by words that are no sentence"
                    message = f"an image is described {how}"
                    hint = "end each sentence in -습니다, as the text around it does"
                    yield Finding(block.line, message, hint, sentence)


def _texts(block: Block) -> tuple[str, ...]:
    """The prose of a block, the descriptions of its images, and the Korean of a heading."""
    inline = read_inline(block.text)
    korean = split_heading(block.text)[1] if block.kind is Kind.HEADING else None
    return (inline.prose, *inline.images, korean or "")


RULES: tuple[Rule, ...] = (percent, to_things, particles, polite_descriptions)
