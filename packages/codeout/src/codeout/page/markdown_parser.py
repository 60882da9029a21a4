"""Parses the text of a Markdown page into parts: texts, blocks and slots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.comments import comments_before, count_strays, idle_comments, note_of
from codeout.page.damage import conflicts, open_fences
from codeout.page.directives import read_directive, skips_file
from codeout.page.find_gaps import find_gaps, gaps_in_text, included_texts
from codeout.page.gaps import holds_prompts
from codeout.page.guarded_markdown import Failure
from codeout.page.lines import RESERVED, plain_lines, split_lines
from codeout.page.model import Block, Page, Part, Text
from codeout.page.slot_maker import SlotMaker
from codeout.page.snippet_checks import misplaced_includes
from codeout.page.snippet_syntax import read_includes
from codeout.page.structure import Structure, read_structure
from codeout.page.tabs import dedent, find_output_tabs, joined_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.annotated_html import Comment
    from codeout.page.model import TabNames

_CONFLICT: Final = "a merge left its conflict here"
_OPEN: Final = "a fence that does not close in its tab"
_JOINED: Final = "only this is between two groups of tabs, and the site makes them one"
_SECOND: Final = "a second output tab; only the tab right after the code is kept true"
_TRANSCRIPT: Final = "a transcript in a Python fence: its results would run as code"
_NO_NUMBER: Final = "an include asks for lines by what is no number"


def read_page(text: str, path: str, tabs: TabNames) -> Page:
    """Parse the text of a page.

    Args:
        text: The text.
        path: The name of the page, for problems.
        tabs: The labels of code tabs and output tabs.
    """
    bom = [Text("\ufeff")] if text.startswith("\ufeff") else []
    raw = split_lines(text[len(bom) :])
    if raw and skips_file(raw[0]):
        gaps = gaps_in_text(plain_lines(raw), {}, ())
        skipped = (replace(gap, what=f"{gap.what} after `skipfile`", nearest="") for gap in gaps)
        return Page(path, (Text(text),), gaps=tuple(skipped))
    parser = _Parser(raw, path, tabs)
    parts = (*bom, *parser.parts())
    return Page(
        path,
        parts,
        tuple(sorted(parser.problems)),
        count_strays(parser.structure, parser.lines),
        tuple(
            sorted(find_gaps(parser.lines, parser.structure, parser.outputs, parser.blocks, tabs))
        ),
        tuple(included_texts(raw, parser.lines, parser.includes)),
    )


class _Parser:
    """The parser of one page. Indexes are those of lines, from 0, unless they say otherwise."""

    def __init__(self, raw: Sequence[str], path: str, tabs: TabNames) -> None:
        self.raw = raw
        self.path = path
        self.names = tabs
        plain = plain_lines(raw)
        self.includes = read_includes(raw, plain)
        self.structure = read_structure(plain, self.includes.replaced)
        if self.includes.malformed:
            failure = Failure(
                _NO_NUMBER, self.includes.malformed[0], "write lines as in 'file.py:1:3'"
            )
            self.structure = Structure(self.structure.fences, failure=failure)
        self.lines = [self.includes.replaced.get(at, line) or "" for at, line in enumerate(plain)]
        groups = self.structure.groups
        self.outputs = list(find_output_tabs(self.lines, groups, tabs.code, tabs.out))
        self.problems: list[Problem] = []
        self.attached: set[Comment] = set()
        self.blocks: dict[int, Block] = {}

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the page, in order."""
        failure = self.structure.failure
        if failure and any(fence.python for fence in self.structure.fences):
            why = f"Python-Markdown cannot render the page: {failure.why}"
            self.problem(failure.line, why, failure.hint)
        self.find_blocks()
        fences = [self.structure.fences[index] for index in self.blocks]
        self.problems += misplaced_includes(self.includes, self.raw, self.lines, fences, self.path)
        for at in conflicts(self.lines, self.structure):
            self.problem(at, _CONFLICT, "choose what to keep, and remove the marks")
        for at in open_fences(self.lines, self.structure, self.names.code):
            self.problem(at, _OPEN, "close it there, and indent all of its lines like the first")
        for at in joined_groups(self.lines, self.structure.groups):
            self.problem(at, _JOINED, "write a line of text between them")
        self.problems += idle_comments(self.structure, self.lines, self.attached, self.path)
        for tab in (tab for output in self.outputs for tab in output.second):
            self.problem(tab.line, _SECOND, "remove or rename it")
        slots = SlotMaker(self.raw, self.lines, self.structure.fences, self.blocks)
        made = slots.pieces(self.outputs, self.names.out[0])
        pieces = sorted([*self.block_pieces(), *made], key=lambda piece: piece[:2])
        position = 0
        for start, end, part in pieces:
            if start < position:
                continue
            if start > position:
                yield Text("".join(self.raw[position:start]))
            yield part
            position = end
        if position < len(self.raw):
            yield Text("".join(self.raw[position:]))

    def find_blocks(self) -> None:
        """Make a block of each Python fence that is shown, or hidden by a directive."""
        in_output = {
            index
            for output in self.outputs
            for tab in (output.tab, *output.second)
            if tab
            for index in tab.within
        }
        hidden = {
            index: comment
            for comment in self.structure.comments
            if note_of(comment).hides
            for index in comment.fences
        }
        by_end: dict[int, list[Comment]] = {}
        for comment in self.structure.comments:
            by_end.setdefault(comment.end, []).append(comment)
        for index, fence in enumerate(self.structure.fences):
            before = comments_before(fence, self.lines, by_end)
            python = fence.python
            if not python and index not in hidden:
                self.attached.update(c for c in before if note_of(c).from_pytest)
            if not python or index in in_output:
                continue
            if index in hidden:
                before = [hidden[index]]
            elif index not in self.structure.shown:
                continue
            else:
                before = [comment for comment in before if not note_of(comment).hides]
            self.attached.update(before)
            self.add_block(index, before)

    def add_block(self, index: int, comments: Sequence[Comment]) -> None:
        fence = self.structure.fences[index]
        notes = [note for note in map(note_of, comments) if note.steers]
        directive, problems = read_directive(notes, self.path)
        self.problems += problems
        inner = range(fence.start + 1, fence.end)
        code = "".join(f"{self.code_line(k, len(fence.prefix))}\n" for k in inner)
        source = "".join(self.raw[fence.start : fence.end + 1])
        if holds_prompts(code) and not directive.skip:
            self.problem(fence.start, _TRANSCRIPT, "leave prompts and results out, or skip it")
        self.blocks[index] = Block(source, fence.start + 1, code, directive)

    def code_line(self, index: int, width: int) -> str:
        seen = self.raw[index].translate(RESERVED).rstrip("\r\n")
        if index in self.includes.replaced:  # may be indented less; it is expanded with the code
            lead = seen[: len(seen) - len(seen.lstrip(" \t"))]
            return dedent(seen, min(width, len(lead.expandtabs(4))))
        blank = not self.lines[index].strip(" ")
        return "" if blank else dedent(seen, width)

    def block_pieces(self) -> Iterator[tuple[int, int, Part]]:
        for index, block in self.blocks.items():
            fence = self.structure.fences[index]
            yield fence.start, fence.end + 1, block

    def problem(self, index: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, index + 1, message, hint))
