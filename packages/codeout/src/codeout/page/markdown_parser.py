"""Parses the text of a Markdown page into parts: texts, blocks and slots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.code_cells import CellOptions, read_options
from codeout.page.comments import comments_before, count_strays, idle_comments, note_of
from codeout.page.console import Console, is_session, read_console
from codeout.page.damage import conflicts, open_fences
from codeout.page.directives import read_directive, skips_file
from codeout.page.fence_slots import FenceSlots
from codeout.page.fence_words import notes_of_fence
from codeout.page.find_gaps import Outline, find_gaps, gaps_in_text, included_texts
from codeout.page.gaps import TRANSCRIPTS, holds_prompts
from codeout.page.guarded_markdown import Failure
from codeout.page.lines import RESERVED, plain_lines, split_lines
from codeout.page.model import Block, Page, Part, SlotKind, Text
from codeout.page.modes import for_mode
from codeout.page.outside import outside_of
from codeout.page.page_words import layout_of
from codeout.page.printed_comments import PrintedComments, places
from codeout.page.read_lines import lines_to_read
from codeout.page.slot_maker import SlotMaker
from codeout.page.snippet_checks import misplaced_includes
from codeout.page.snippet_syntax import read_includes
from codeout.page.structure import Structure, read_structure
from codeout.page.tabs import cut, dedent, find_output_tabs, joined_groups
from codeout.page.transcripts import Transcript, begins_with_prompt, read_transcript, statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.page.annotated_html import Comment
    from codeout.page.fences import Fence
    from codeout.page.model import Layout, Slot

_CONFLICT: Final = "a merge left its conflict here"
_OPEN: Final = "a fence that does not close in its tab"
_JOINED: Final = "only this is between two groups of tabs, and the site makes them one"
_SECOND: Final = "a second output tab; only the tab right after the code is kept true"
_TRANSCRIPT: Final = "a transcript in a Python fence: its results would run as code"
_TWO_PLACES: Final = "a second place for an output: what the code prints stands elsewhere already"
_NO_NUMBER: Final = "an include asks for lines by what is no number"


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
        gaps = gaps_in_text(outside_of(lines, read_structure(lines)))
        skipped = (replace(gap, what=f"{gap.what} after `skipfile`", nearest="") for gap in gaps)
        return Page(path, (Text(text),), gaps=tuple(skipped))
    parser = _Parser(raw, path, layout)
    parts = (*bom, *parser.parts())
    return Page(
        path,
        parts,
        tuple(sorted(parser.problems)),
        count_strays(parser.structure, parser.lines),
        tuple(sorted(find_gaps(parser.outline(), layout))),
        tuple(included_texts(raw, parser.lines, parser.includes)),
        parser.layout.sessions,
    )


class _Parser:
    """The parser of one page. Indexes are those of lines, from 0, unless they say otherwise."""

    def __init__(self, raw: Sequence[str], path: str, layout: Layout) -> None:
        self.raw = raw
        self.path = path
        self.words = layout.mapping
        plain = lines_to_read(raw, path, layout)
        self.includes = read_includes(raw, plain)
        self.structure = read_structure(plain, self.includes.replaced)
        if self.includes.malformed:
            failure = Failure(
                _NO_NUMBER, self.includes.malformed[0], "write lines as in 'file.py:1:3'"
            )
            self.structure = Structure(self.structure.fences, failure=failure)
        self.lines = [self.includes.replaced.get(at, line) or "" for at, line in enumerate(plain)]
        groups = self.structure.groups
        self.outputs = list(find_output_tabs(self.lines, groups, layout.code, layout.out))
        notes = [note for note in map(note_of, self.structure.comments) if note.of_page]
        self.layout, of_page = layout_of(layout, notes, path)
        self.problems = [*of_page]
        self.slots = FenceSlots(raw, self.lines, self.structure)
        self.attached: set[Comment] = set()
        self.blocks: dict[int, Block] = {}
        self.transcripts: dict[int, Transcript] = {}
        self.consoles: dict[int, Console] = {}
        self.commented: dict[int, PrintedComments] = {}
        self.output_lines: set[int] = set()
        self.by_end: dict[int, list[Comment]] = {}
        for comment in self.structure.comments:
            self.by_end.setdefault(comment.end, []).append(comment)

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the page, in order."""
        failure = self.structure.failure
        runs = (fence.python or self.is_console(fence) for fence in self.structure.fences)
        if failure and any(runs):
            why = f"Python-Markdown cannot render the page: {failure.why}"
            self.problem(failure.line, why, failure.hint)
        self.find_blocks()
        pieces = sorted(self.pieces(), key=lambda piece: piece[:2])
        fences = [self.structure.fences[index] for index in self.blocks]
        self.problems += misplaced_includes(self.includes, self.raw, self.lines, fences, self.path)
        for at in conflicts(self.lines, self.structure):
            self.problem(at, _CONFLICT, "choose what to keep, and remove the marks")
        for at in open_fences(self.lines, self.structure, self.layout.code):
            self.problem(at, _OPEN, "close it there, and indent all of its lines like the first")
        for at in joined_groups(self.lines, self.structure.groups):
            self.problem(at, _JOINED, "write a line of text between them")
        self.problems += idle_comments(self.structure, self.lines, self.attached, self.path)
        for tab in (tab for output in self.outputs for tab in output.second):
            self.problem(tab.line, _SECOND, "remove or rename it")
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

    def outline(self) -> Outline:
        """What was found, once the parts are known."""
        slots = frozenset(self.output_lines)
        blocks = self.blocks | {k: each.block for k, each in self.commented.items()}
        typed = tuple(self.transcripts.values())
        return Outline(self.lines, self.structure, self.outputs, blocks, slots, typed)

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
        for index, fence in enumerate(self.structure.fences):
            before = comments_before(fence, self.lines, self.by_end)
            typed = self.is_transcript(fence) or self.is_console(fence)
            python = fence.python or (index not in hidden and typed)
            if not python and index not in hidden:
                self.attached.update(c for c in before if note_of(c).from_pytest)
            if not python or index in in_output:
                continue
            if index in hidden:
                before = [hidden[index]]
            elif index not in self.structure.shown:
                continue
            else:
                before = [c for c in before if not (note_of(c).hides or note_of(c).of_page)]
            self.attached.update(before)
            self.add_block(index, before)

    def add_block(self, index: int, comments: Sequence[Comment]) -> None:
        fence = self.structure.fences[index]
        notes = [note for note in map(note_of, comments) if note.steers]
        info = self.raw[fence.start].lstrip("> \t").lstrip(fence.run[0])
        notes += notes_of_fence(info, fence.start + 1, self.words)
        options = self.options_of(fence)
        directive, problems = read_directive([*notes, *options.notes], self.path)
        self.problems += [*problems, *options.problems]
        source_lines = self.raw[fence.start : fence.end + 1]
        directive = for_mode(self.layout.run, directive, lambda: self.shows_output(index))
        block = Block("".join(source_lines), fence.start + 1, self.code_of(fence), directive)
        if options.count:
            numbers = range(fence.start + 1 + options.count, fence.end)
            block = replace(block, lines=tuple(at - fence.start for at in numbers))
        if self.is_console(fence):
            block = replace(block, console=True)
            if not directive.skip:
                self.consoles[index] = read_console(fence, self.raw, block)
        elif not directive.skip and not directive.hidden and self.is_transcript(fence):
            of_doctest = self.layout.doctest_options
            self.transcripts[index] = read_transcript(fence, self.raw, block, of_doctest)
        elif holds_prompts(block.code) and not directive.skip:
            self.problem(fence.start, _TRANSCRIPT, "leave prompts and results out, or skip it")
        elif SlotKind.COMMENTS in self.layout.outputs and not (directive.skip or directive.hidden):
            printed = PrintedComments(
                block, source_lines, cut(self.raw[fence.start], len(fence.prefix))
            )
            if printed.places:
                self.commented[index] = printed
        self.blocks[index] = block

    def shows_output(self, index: int) -> bool:
        """Whether the page has a place for the output of a fence, which may be empty."""
        kinds = self.layout.outputs
        if any(output.tab and index in output.code.fences for output in self.outputs):
            return True
        fence = self.structure.fences[index]
        if self.is_transcript(fence) or self.is_console(fence):
            return True
        if SlotKind.COMMENTS in kinds and places(self.code_of(fence).split("\n")):
            return True
        return self.slots.find(index, wanted=False, every=SlotKind.FENCE in kinds) is not None

    def is_transcript(self, fence: Fence) -> bool:
        """Whether a fence shows statements with prompts, and their outputs are slots."""
        if SlotKind.TRANSCRIPTS not in self.layout.outputs:
            return False
        if fence.language.lower() in TRANSCRIPTS:
            return any(statements(self.code_of(fence).split("\n")))
        is_cell = self.options_of(fence).count > 0
        return fence.python and not is_cell and begins_with_prompt(self.code_of(fence))

    def options_of(self, fence: Fence) -> CellOptions:
        """The options of a cell of another publisher; none for other fences."""
        opening = self.raw[fence.start].rstrip("\r\n").expandtabs(4)
        if not self.layout.fences or not fence.python:
            return CellOptions()
        inner = range(fence.start + 1, fence.end)
        lines = [self.code_line(at, len(fence.prefix)) for at in inner]
        return read_options(opening, lines, fence.start + 2, self.path)

    def is_console(self, fence: Fence) -> bool:
        """Whether a fence shows commands that the settings let run."""
        language = fence.language.lower()
        return language in self.layout.console and is_session(language, self.code_of(fence))

    def code_of(self, fence: Fence) -> str:
        inner = range(fence.start + 1 + self.options_of(fence).count, fence.end)
        return "".join(f"{self.code_line(k, len(fence.prefix))}\n" for k in inner)

    def code_line(self, index: int, width: int) -> str:
        seen = self.raw[index].translate(RESERVED).rstrip("\r\n")
        if index in self.includes.replaced:  # may be indented less; it is expanded with the code
            lead = seen[: len(seen) - len(seen.lstrip(" \t"))]
            return dedent(seen, min(width, len(lead.expandtabs(4))))
        blank = not self.lines[index].strip(" ")
        return "" if blank else dedent(seen, width)

    def pieces(self) -> Iterator[tuple[int, int, Part]]:
        """Yield the blocks and the slots, each with its start and the end."""
        order: dict[int, int] = {}
        number = 0
        for index in sorted(self.blocks):
            order[index] = number
            fence = self.structure.fences[index]
            if transcript := self.transcripts.get(index):
                yield from transcript.pieces(number)
                self.problems += transcript.problems(self.path)
                number += len(transcript.statements)
            elif console := self.consoles.get(index):
                yield from console.pieces(number)
                self.problems += console.problems(self.path)
                number += len(console.commands)
            elif commented := self.commented.get(index):
                yield from commented.pieces(number)
                self.problems += commented.problems(self.path)
                number += 1
            else:
                yield fence.start, fence.end + 1, self.blocks[index]
                number += 1
        apart = self.transcripts.keys() | self.commented.keys() | self.consoles.keys()
        for output in self.outputs:
            if output.start < output.end and apart & set(output.code.fences):
                self.problem(output.start, _TWO_PLACES, "remove the tab, or the other output")
        for block in (self.blocks[index] for index in apart):
            if block.directive.out:
                self.problem(block.line - 1, _TWO_PLACES, "leave `out` away")
        cells = {k: block for k, block in self.blocks.items() if k not in apart}
        slots = SlotMaker(self.raw, self.lines, self.structure.fences, cells, order)
        yield from slots.pieces(self.outputs, self.layout.out[0])
        yield from self.output_fences(cells, order)

    def output_fences(
        self, cells: Mapping[int, Block], order: Mapping[int, int]
    ) -> Iterator[tuple[int, int, Slot]]:
        """Yield the slots that are fences, each with its start and the end."""
        in_tabs = {k for output in self.outputs for k in output.code.fences}
        for index, block in cells.items():
            if block.directive.skip or block.directive.hidden:
                continue
            if index in in_tabs:
                if block.directive.out:
                    self.problem(block.line - 1, _TWO_PLACES, "leave `out` away")
                continue
            every = SlotKind.FENCE in self.layout.outputs
            if found := self.slots.find(index, wanted=block.directive.out, every=every):
                start, end, slot = found
                self.attached.update(self.slots.marks(index))
                self.output_lines.update(range(start, end))
                yield start, end, replace(slot, blocks=(order[index],))

    def problem(self, index: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, index + 1, message, hint))
