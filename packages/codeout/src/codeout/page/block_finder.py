"""Finds the blocks of a Markdown page: the fences with code, and how each of them is to run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.comments import comments_before, note_of
from codeout.page.console import read_console
from codeout.page.directives import read_directive
from codeout.page.fence_reader import FenceReader
from codeout.page.fence_words import is_comment, notes_of_comment, notes_of_fence
from codeout.page.gaps import holds_prompts
from codeout.page.model import Block, SlotKind
from codeout.page.modes import for_mode
from codeout.page.print_places import find_places
from codeout.page.printed_comments import PrintedComments
from codeout.page.tabs import cut
from codeout.page.transcripts import read_transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.annotated_html import Comment
    from codeout.page.arrangement import Interleaved
    from codeout.page.directives import Note
    from codeout.page.fence_slots import FenceSlots
    from codeout.page.fences import Fence
    from codeout.page.page_source import PageSource

_TRANSCRIPT: Final = "a transcript in a Python fence: its results would run as code"


class BlockFinder:
    """Finds the blocks of one page.

    Args:
        page: The page.
        slots: Finds the outputs in its fences.

    Attributes:
        blocks: Its fences with code as blocks, by their index.
        interleaved: Those of them with outputs between their lines.
        attached: The comments that belong to a fence.
        problems: What is wrong with the blocks and their comments.
        runs: Whether a fence of the page may run, shown or not.
    """

    def __init__(self, page: PageSource, slots: FenceSlots) -> None:
        self.blocks: dict[int, Block] = {}
        self.interleaved: dict[int, Interleaved] = {}
        self.attached: set[Comment] = set()
        self.problems: list[Problem] = []
        self._page = page
        self._slots = slots
        self._reader = FenceReader(page)
        fences = page.structure.fences
        self.runs = any(self._is_code(fence) or self._reader.is_console(fence) for fence in fences)
        self._find()

    def _is_code(self, fence: Fence) -> bool:
        return fence.python or bool(self._reader.language_of(fence))

    def _find(self) -> None:
        """Make a block of each fence with code that is shown, or hidden by a directive."""
        page, structure = self._page, self._page.structure
        in_output = {
            index
            for output in page.outputs
            for tab in (output.tab, *output.second)
            if tab
            for index in tab.within
        }
        hiding = (comment for comment in structure.comments if note_of(comment).hides)
        hidden = {index: comment for comment in hiding for index in comment.fences}
        by_end: dict[int, list[Comment]] = {}
        for comment in structure.comments:
            by_end.setdefault(comment.end, []).append(comment)
        for index, fence in enumerate(structure.fences):
            before = comments_before(fence, page.lines, by_end)
            typed = self._reader.is_transcript(fence) or self._reader.is_console(fence)
            runs = self._is_code(fence) or (index not in hidden and typed)
            if not runs and index not in hidden:
                self.attached.update(c for c in before if note_of(c).from_pytest)
            if not runs or index in in_output:
                continue
            if index in hidden:
                before = [hidden[index]]
            elif index not in structure.shown:
                continue
            else:
                before = [c for c in before if not (note_of(c).hides or note_of(c).of_page)]
            self.attached.update(before)
            self._add_block(index, before)

    def _add_block(self, index: int, comments: Sequence[Comment]) -> None:
        page, fence = self._page, self._page.structure.fences[index]
        notes = [note for note in map(note_of, comments) if note.steers]
        notes += self._notes_of_others(index, comments)
        info = page.raw[fence.start].lstrip("> \t").lstrip(fence.run[0])
        notes += notes_of_fence(info, fence.start + 1, page.layout.mapping)
        options = self._reader.options_of(fence)
        directive, problems = read_directive([*notes, *options.notes], page.path)
        self.problems += [*problems, *options.problems]
        directive = for_mode(page.layout.run, directive, lambda: self._shows_output(index))
        source, code = page.raw[fence.start : fence.end + 1], self._reader.code_of(fence)
        block = Block("".join(source), fence.start + 1, code, directive)
        if options.count:
            numbers = range(fence.start + 1 + options.count, fence.end)
            block = replace(block, lines=tuple(at - fence.start for at in numbers))
        language = self._reader.language_of(fence)
        block = replace(block, console=self._reader.is_console(fence), language=language)
        if not directive.skip and not language:
            self._add_interleaved(index, block)
        self.blocks[index] = block

    def _notes_of_others(self, index: int, comments: Sequence[Comment]) -> Iterator[Note]:
        """Yield what comments of other tools before a fence mean by the settings."""
        page, fence = self._page, self._page.structure.fences[index]
        texts = [(f"<!--{comment.text}-->", comment.start) for comment in comments]
        if fence.start:
            texts.append((page.lines[fence.start - 1].strip(), fence.start - 1))
        for text, at in texts:
            if is_comment(text):
                yield from notes_of_comment(text, at + 1, page.layout.mapping)

    def _add_interleaved(self, index: int, block: Block) -> None:
        """Note the outputs between the lines of a block that runs, if it may have some."""
        page, fence = self._page, self._page.structure.fences[index]
        hidden = block.directive.hidden
        if block.console:
            self.interleaved[index] = read_console(fence, page.raw, block)
        elif not hidden and self._reader.is_transcript(fence):
            of_doctest = page.layout.doctest_options
            self.interleaved[index] = read_transcript(fence, page.raw, block, of_doctest)
        elif holds_prompts(block.code):
            hint = "leave prompts and results out, or skip it"
            self.problems.append(Problem(page.path, fence.start + 1, _TRANSCRIPT, hint))
        elif SlotKind.COMMENTS in page.layout.outputs and not hidden:
            prefix = cut(page.raw[fence.start], len(fence.prefix))
            printed = PrintedComments(block, page.raw[fence.start : fence.end + 1], prefix)
            if printed.found:
                self.interleaved[index] = printed

    def _shows_output(self, index: int) -> bool:
        """Whether the page has a place for the output of a fence, which may be empty."""
        page, fence = self._page, self._page.structure.fences[index]
        kinds = page.layout.outputs
        if any(output.tab and index in output.code.fences for output in page.outputs):
            return True
        if self._reader.is_transcript(fence) or self._reader.is_console(fence):
            return True
        commented = SlotKind.COMMENTS in kinds and not self._reader.language_of(fence)
        if commented and find_places(self._reader.code_of(fence).split("\n")).any:
            return True
        return self._slots.find(index, wanted=False, every=SlotKind.FENCE in kinds) is not None
