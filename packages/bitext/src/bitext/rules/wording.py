"""Rules: words are those of the glossary, and terms are explained at their first use."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from bitext.finding import Finding
from bitext.inline import is_korean, read_inline, split_heading
from bitext.model import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bitext.glossary import Term
    from bitext.page import Page
    from bitext.rules.context import Context, Rule

_ENOUGH = 9  # characters by which to find a term again in the Markdown of its block


def no_variants(context: Context) -> Iterator[Finding]:
    """No text has a spelling that the glossary lists as a variant."""
    for block in chain(context.page.front, context.page.blocks()):
        inline = read_inline(block.text)
        korean = split_heading(block.text)[1] if block.kind is Kind.HEADING else ""
        for text in (inline.prose, *inline.images, korean or ""):
            for start, found, term in context.glossary.variants(text):
                line = block.line + text[:start].count("\n")
                message = f"`{found}` is not how this site says {term.english}"
                yield Finding(line, message, f"write `{term.korean}`", text[start:])


def no_avoided(context: Context) -> Iterator[Finding]:
    """No text has a phrase that the glossary says to avoid."""
    for block in chain(context.page.front, context.page.blocks()):
        inline = read_inline(block.text)
        korean = split_heading(block.text)[1] if block.kind is Kind.HEADING else ""
        for text in (inline.prose, *inline.images, korean or ""):
            for avoided in context.glossary.avoided:
                for start, found in avoided.find(text):
                    line = block.line + text[:start].count("\n")
                    message = f"`{found}` is not how this site says it"
                    yield Finding(line, message, f"write `{avoided.instead}`", text[start:])


def no_bare_english(context: Context) -> Iterator[Finding]:
    """No Korean text has a term in English: ``손실이``, not ``loss가``."""
    terms = {term.english: term for term in context.glossary.terms if is_korean(term.korean)}
    words = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w.(-])({words or '(?!)'})(?=[가-힣])")
    for block in korean_texts(context.page):
        text = read_inline(block.text).prose
        for found in pattern.finditer(text):
            term = terms[found[1]]
            line = block.line + text[: found.start()].count("\n")
            message = f"`{found[1]}` stands in Korean, which says `{term.korean}`"
            yield Finding(line, message, f"write `{term.korean}`", text[found.start() :])


def first_uses(context: Context) -> Iterator[Finding]:
    """The first use of a term in a Korean paragraph is followed by the English in parentheses.

    A row of a table may explain a term, but need not.
    """
    seen: set[Term] = set()
    for block in korean_texts(context.page):
        text = read_inline(block.text).prose_and_code
        for use in context.glossary.uses(text):
            if use.term in seen or not use.term.first_use:
                continue
            if use.explained:
                seen.add(use.term)
            elif block.kind is Kind.PARAGRAPH:
                seen.add(use.term)
                line = block.line + text[: use.start].count("\n")
                message = f"`{use.term.korean}` stands here first, without its English"
                quote = block.text[max(block.text.find(text[use.start :][:_ENOUGH]), 0) :]
                yield Finding(line, message, f"write `{use.term.written}`", quote)


def korean_texts(page: Page) -> Iterator[Block]:
    """Yield the paragraphs and rows of a page outside of quotes."""
    return chain.from_iterable(map(_korean, page.sections))


def _korean(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind in {Kind.PARAGRAPH, Kind.ROW}:
            yield block
        elif block.kind is not Kind.QUOTE:
            yield from _korean(block.children)


RULES: tuple[Rule, ...] = (no_variants, no_avoided, no_bare_english, first_uses)
