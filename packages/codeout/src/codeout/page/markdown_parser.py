"""Parses the text of a Markdown page into parts: texts, blocks and slots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.comments import comments_before, count_strays, idle_comments, note_of
from codeout.page.directives import read_directive, skips_file
from codeout.page.fences import PYTHON
from codeout.page.guarded_markdown import Failure
from codeout.page.lines import RESERVED, plain_lines, split_lines
from codeout.page.model import Block, FenceStyle, Page, Part, Slot, Text
from codeout.page.snippet_checks import misplaced_includes
from codeout.page.snippet_syntax import read_includes
from codeout.page.structure import Structure, read_structure
from codeout.page.tabs import content_width, cut, dedent, find_output_tabs, header_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.annotated_html import Comment, Tab
    from codeout.page.model import TabNames
    from codeout.page.tabs import OutputTab

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
        return Page(path, (Text(text),))
    parser = _Parser(raw, path, tabs)
    parts = (*bom, *parser.parts())
    return Page(
        path, parts, tuple(sorted(parser.problems)), count_strays(parser.structure, parser.lines)
    )


class _Parser:
    """The parser of one page. Indexes are those of lines, from 0, unless they say otherwise."""

    def __init__(self, raw: Sequence[str], path: str, tabs: TabNames) -> None:
        self.raw = raw
        self.path = path
        self.names = tabs
        self.mixed = {"\r", "\n"} <= set(map(_ending, raw))
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
        if failure and any(fence.language in PYTHON for fence in self.structure.fences):
            why = f"Python-Markdown cannot render the page: {failure.why}"
            self.problem(failure.line, why, failure.hint)
        self.find_blocks()
        fences = [self.structure.fences[index] for index in self.blocks]
        self.problems += misplaced_includes(self.includes, self.raw, self.lines, fences, self.path)
        self.problems += idle_comments(self.structure, self.lines, self.attached, self.path)
        pieces = sorted([*self.block_pieces(), *self.slot_pieces()], key=lambda piece: piece[:2])
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
            python = fence.language in PYTHON
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

    def slot_pieces(self) -> Iterator[tuple[int, int, Part]]:
        order = {index: k for k, index in enumerate(sorted(self.blocks))}
        starts = sorted(self.structure.fences[k].start for k in self.blocks)
        label = next((out.tab.label for out in self.outputs if out.tab), self.names.out[0])
        for output in self.outputs:
            for tab in output.second:
                self.problem(
                    tab.line,
                    "a second output tab; only the tab right after the code is kept true",
                    "remove or rename it",
                )
            held = [k for k in output.code.fences if k in self.blocks]
            shown = [k for k in held if not self.blocks[k].directive.skip]
            if shown:
                fences = [self.structure.fences[k] for k in held]
                if not output.tab:  # on the line of a list item, fences may be indented less
                    place = max(output.start, *(fence.end + 1 for fence in fences))
                    output = replace(output, start=place, end=place)  # noqa: PLW2901
                end = min(b for b in (*starts, output.end) if b >= output.start)
                output = replace(output, end=end)  # noqa: PLW2901
                blocks = tuple(order[k] for k in shown)
                yield output.start, output.end, self.slot(output, blocks, fences[0].start, label)

    def slot(self, output: OutputTab, blocks: tuple[int, ...], fence: int, label: str) -> Slot:
        tab = output.tab or output.code
        lead = self.lines[tab.line][: tab.column]
        newline = self.newline(tab, output.code)
        source = "".join(self.raw[output.start : output.end])
        model = self.raw[output.start] if source else self.raw[fence]
        prefix = cut(model, content_width(lead))
        ended = bool(_ending(self.raw[output.start - 1]))
        slot = Slot(source, output.start + ended, blocks, prefix, newline)
        if source:
            held = range(output.start, output.end)
            seen = [k for k in tab.within if self.structure.fences[k].start in held]
            return replace(slot, style=self.style(held), fences=len(seen))
        outer = cut(self.raw[fence], header_width(lead))
        blank = outer.rstrip() + newline
        before = blank if ended else newline + blank
        if not output.tab:
            before += f'{outer}=== "{label}"{newline}{blank}'
        following = self.raw[output.start : output.start + 1]
        blanks = "> \t\r\n" if ">" in lead else None
        after = blank if following and following[0].strip(blanks) else ""
        return replace(slot, before=before, after=after)

    def newline(self, *tabs: Tab) -> str:
        """The line ending of the first tab that has one; CRLF in a page with several kinds."""
        if self.mixed:
            return "\r\n"
        return next(filter(None, (_ending(self.raw[tab.line]) for tab in tabs)))

    def style(self, held: range) -> FenceStyle:
        for fence in self.structure.fences:
            if fence.start in held:
                return FenceStyle(fence.run[0], len(fence.run), fence.info)
        return FenceStyle()


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
