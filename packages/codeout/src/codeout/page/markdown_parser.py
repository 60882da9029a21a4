"""Parses the text of a Markdown page into parts: texts, blocks and slots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.arrangement import arrange
from codeout.page.block_finder import BlockFinder
from codeout.page.comments import count_strays, idle_comments
from codeout.page.damage import conflicts, open_fences, open_in_tabs, swallowing_fences
from codeout.page.directives import skips_file
from codeout.page.fence_slots import FenceSlots
from codeout.page.find_gaps import Outline, find_gaps, gaps_in_text, included_texts
from codeout.page.jsx import own_comments
from codeout.page.lines import plain_lines, split_lines
from codeout.page.model import Page, Slot, Text
from codeout.page.output_hints import OutputHints, hints_of
from codeout.page.outside import outside_of
from codeout.page.page_source import read_source
from codeout.page.printed_comments import PrintedComments
from codeout.page.snippet_checks import misplaced_includes
from codeout.page.structure import read_structure
from codeout.page.tabs import joined_groups
from codeout.page.transcripts import Transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.arrangement import Arrangement
    from codeout.page.gap import Gap
    from codeout.page.layout import Layout
    from codeout.page.model import Part
    from codeout.page.page_source import PageSource

_CONFLICT: Final = "a merge left its conflict here"
_OPEN: Final = "a fence that does not close"
_CLOSE: Final = "{}, and indent all of its lines like the first"
_SWALLOWS: Final = "a fence in which a fence of Python opens"
_JOINED: Final = "only this is between two groups of tabs, and the site makes them one"
_SECOND: Final = "a second output tab; only the tab right after the code is kept true"


def read_page(text: str, path: str, layout: Layout) -> Page:
    """Parse the text of a page.

    Args:
        text: The text.
        path: The name of the page, for problems.
        layout: Where outputs are.
    """
    bom = [Text("\ufeff")] if text.startswith("\ufeff") else []
    raw = split_lines(text[len(bom) :])
    if raw and skips_file(raw[0]):
        lines = plain_lines(raw)
        passed = gaps_in_text(outside_of(lines, read_structure(lines)), OutputHints())
        skipped = (replace(gap, what=f"{gap.what} after `skipfile`", nearest="") for gap in passed)
        return Page(path, (Text(text),), gaps=tuple(skipped))
    page, of_page = read_source(raw, path, layout)
    slots = FenceSlots(raw, page.lines, page.structure, layout.languages)
    found = BlockFinder(page, slots)
    arranged = arrange(page, found.blocks, found.interleaved, slots)
    damage = [*_damage(page, runs=bool(found.blocks))]
    problems = [*of_page, *found.problems, *arranged.problems, *damage]
    problems += _problems(page, found, arranged)
    # On a damaged page, what seems to be left out is what the damage has taken apart.
    gaps = [] if damage else [*_gaps(page, found, arranged, slots, layout)]
    told = {each.line for each in problems}
    gaps = [gap for gap in gaps if gap.line - 1 not in told]  # the comment above has a message
    includes = [] if damage else [*included_texts(raw, page.lines, page.includes)]
    return Page(
        path,
        (*bom, *_parts(raw, arranged)),
        tuple(sorted(replace(each, hint=own_comments(path, each.hint)) for each in problems)),
        count_strays(page.structure, page.lines),
        tuple(sorted(gaps)),
        tuple(includes),
        page.layout.sessions,
    )


def _parts(raw: Sequence[str], arranged: Arrangement) -> Iterator[Part]:
    """Yield the parts of the page: its blocks and slots, and the texts between them."""
    position = 0
    for start, end, part in arranged.pieces:
        if start < position:
            continue
        if start > position:
            yield Text("".join(raw[position:start]))
        yield part
        position = end
    if position < len(raw):
        yield Text("".join(raw[position:]))


def _gaps(
    page: PageSource,
    found: BlockFinder,
    arranged: Arrangement,
    slots: FenceSlots,
    layout: Layout,
) -> Iterator[Gap]:
    """Yield the gaps of the page, with hints in its own comments."""
    parts = found.interleaved.items()
    commented = {k: each.block for k, each in parts if isinstance(each, PrintedComments)}
    typed = tuple(each for _, each in parts if isinstance(each, Transcript))
    blocks, outputs = found.blocks | commented, frozenset(arranged.outputs)
    hints = hints_of(page, found, slots)
    outline = Outline(page.lines, page.structure, page.outputs, blocks, outputs, hints, typed)
    for gap in find_gaps(outline, layout):
        yield replace(gap, nearest=own_comments(page.path, gap.nearest))


def _damage(page: PageSource, *, runs: bool) -> Iterator[Problem]:
    """Yield what a merge or an edit has left broken."""
    lines, structure = page.lines, page.structure
    for at in conflicts(lines, structure):
        yield Problem(page.path, at + 1, _CONFLICT, "choose what to keep, and remove the marks")
    in_tabs = {*open_in_tabs(lines, structure, page.layout.code)}
    for at in in_tabs:
        yield Problem(page.path, at + 1, f"{_OPEN} in its tab", _CLOSE.format("close it there"))
    for at in {*open_fences(lines, structure, runs=runs)} - in_tabs:
        yield Problem(page.path, at + 1, _OPEN, _CLOSE.format("close it"))
    for at in swallowing_fences(lines, structure):
        yield Problem(page.path, at + 1, _SWALLOWS, "close it before, or show the other in ````")


def _problems(page: PageSource, found: BlockFinder, arranged: Arrangement) -> Iterator[Problem]:
    """Yield what is wrong on the page around its blocks."""
    structure = page.structure

    def problem(index: int, message: str, hint: str) -> Problem:
        return Problem(page.path, index + 1, message, hint)

    if structure.failure and found.runs:
        why = f"Python-Markdown cannot render the page: {structure.failure.why}"
        yield problem(structure.failure.line, why, structure.failure.hint)
    fences = [structure.fences[index] for index in found.blocks]
    slots = ((start, end) for start, end, part in arranged.pieces if isinstance(part, Slot))
    yield from misplaced_includes(page, fences, {at for ends in slots for at in range(*ends)})
    for at in joined_groups(page.lines, structure.groups):
        yield problem(at, _JOINED, "write a line of text between them")
    attached = found.attached | arranged.marks
    yield from idle_comments(structure, page.lines, attached, page.path)
    for tab in (tab for output in page.outputs for tab in output.second):
        yield problem(tab.line, _SECOND, "remove or rename it")
