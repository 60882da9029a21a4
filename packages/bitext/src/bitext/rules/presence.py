"""Rules: everything exists in both languages."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from bitext.finding import Finding, pair_finding, quote_block
from bitext.inline import hangul_words, is_korean, read_inline, split_halves, split_heading
from bitext.model import Kind
from bitext.pairing import Pair
from bitext.rules.context import shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bitext.model import Block
    from bitext.rules.context import Context, Rule

_ON_ONE_LINE = "write both on its line: `한국어 · English`"


def paired(context: Context) -> Iterator[Finding]:
    """Each Korean block has its English, and each English block its Korean."""
    swapped = [*_swapped(context)]
    for pair in swapped:
        message = "the English stands before its Korean"
        hint = "swap them: the Korean first, then the English in a quote"
        korean, english = quote_block(pair.korean), quote_block(pair.english)
        yield Finding(pair.english.line, message, hint, korean, english)
    told = {id(block) for pair in swapped for block in (pair.korean, pair.english)}
    for block in (block for block in context.pairing.korean if id(block) not in told):
        message, hint = "this title has no English", _ON_ONE_LINE
        if block.kind not in {Kind.TITLE, Kind.LABEL}:
            message = "no English follows this Korean"
            hint = "say the same in English right after it, in a quote: `> …`"
        yield Finding(block.line, message, hint, quote_block(block))
    for block in (block for block in context.pairing.english if id(block) not in told):
        message, hint = "this title has no Korean", _ON_ONE_LINE
        if block.kind is not Kind.TITLE:
            message = "no Korean stands before this English"
            hint = "say the same in Korean right before it; the English stands in a quote: `> …`"
        yield Finding(block.line, message, hint, "", quote_block(block))


def _swapped(context: Context) -> Iterator[Pair]:
    """Yield English quotes without Korean before them, each with the Korean right after it."""
    korean = {id(block) for block in context.pairing.korean}
    english = {id(block) for block in context.pairing.english if block.kind is Kind.QUOTE}
    listed = [*context.page.sections, *(block.children for block in context.page.blocks())]
    for one, two in chain.from_iterable(map(pairwise, listed)):
        if id(one) in english and id(two) in korean:
            yield Pair(two, one)


def shaped(context: Context) -> Iterator[Finding]:
    """Both halves of a pair have the same number of paragraphs, items, rows and cells."""
    for pair in context.pairing.pairs:
        korean, english = shape(pair.korean), shape(pair.english)
        if korean != english:
            message = f"the Korean has {_count(pair.korean)}, the English {_count(pair.english)}"
            yield pair_finding(
                pair, message, "give each paragraph, row and cell its own counterpart"
            )


def headings(context: Context) -> Iterator[Finding]:
    """A heading is in English with its Korean as ``data-ko``; in a notebook it has both."""
    for block in context.page.blocks():
        if block.kind is Kind.HEADING:
            yield from (_cell_heading if context.page.cells else _heading)(block)


def _heading(block: Block) -> Iterator[Finding]:
    title, korean = split_heading(block.text)
    if is_korean(title):
        hint = 'write it in English, and the Korean after it: `{ data-ko="…" }`'
        yield Finding(block.line, "a heading in Korean", hint, block.text)
    elif not korean:
        hint = 'add its Korean at the end: `{ data-ko="…" }`'
        yield Finding(block.line, "a heading without its Korean", hint, "", block.text)
    elif not hangul_words(korean) and korean != title.replace("`", ""):
        hint = "write it in Korean, or repeat the name that is the same in both languages"
        yield Finding(block.line, "there is no Korean in this `data-ko`", hint, korean, title)
    elif lost := sorted(code for code in read_inline(title).code if code not in korean):
        message = f"code only in the English of this heading: {', '.join(f'`{c}`' for c in lost)}"
        yield Finding(block.line, message, "name the same code in its `data-ko`", korean, title)


def _cell_heading(block: Block) -> Iterator[Finding]:
    title, korean = split_heading(block.text)
    if not korean and not split_halves(title):
        hint = "write both on its line: `English · 한국어`"
        yield Finding(block.line, "a heading in one language", hint, "", block.text)


def images(context: Context) -> Iterator[Finding]:
    """The description of each image is in both languages."""
    for block in context.page.blocks():
        for text in read_inline(block.text).images:
            if not split_halves(text):
                message = f"an image is not described in both languages: {text or '(nothing)'}"
                yield Finding(block.line, message, "say what it shows: `![한국어 · English](…)`")


def _count(block: Block) -> str:
    names: Sequence[Kind] = [leaf.kind for leaf in block.leaves]
    cells = shape(block).count(Kind.ROW)
    counts = {str(kind): names.count(kind) for kind in names} | ({"cell": cells} if cells else {})
    return ", ".join(
        f"{count} {kind if count == 1 else f'{kind}s'}" for kind, count in counts.items()
    )


RULES: tuple[Rule, ...] = (paired, shaped, headings, images)
