"""Notebooks as pages: their parts are cut out of the JSON, so that the rest stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.code_cells import TAGS
from codeout.page.directives import Note, read_directive
from codeout.page.document import decode_page
from codeout.page.fence_words import notes_of
from codeout.page.fences import PYTHON
from codeout.page.find_gaps import IN_COMMENT, gap_of_skipped, gaps_in_text
from codeout.page.gap import Gap
from codeout.page.gaps import SKIPPED
from codeout.page.json_spans import JsonText
from codeout.page.layout import Layout
from codeout.page.lines import plain_line
from codeout.page.model import Block, JsonStyle, Page, Part, Slot, Text
from codeout.page.modes import for_mode
from codeout.page.notebook_checks import find_problem
from codeout.page.output_hints import OutputHints
from codeout.page.outside import outside_of
from codeout.page.structure import read_structure
from codeout.page.value_comments import value_comments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.page.json_spans import JsonSpan

_IN_CELL: Final = "remove it: the outputs of a notebook are in its cells"
_WHOLE: Final = "write the whole character, or `chr(…)` where half of one is meant"
_TAG: Final = "the tag `codeout:run`"
_CELL: Final = "a code cell"
_BELOW: Final = "the output of the cell"
_FIRST_LINE: Final = re.compile(r"\s*\{[ \t]*(\r\n|\r|\n)([ \t]*)")
_COLON: Final = re.compile(r" ?: ?\Z")
_ESCAPE: Final = re.compile(r"(?<!\\)\\u(?!00[0-7])[0-9a-fA-F]{4}")
_HALF: Final = re.compile("[\ud800-\udfff]")


def parse(source: bytes, path: str = "<page>", layout: Layout = Layout()) -> Page:
    """Parse a notebook; see ``codeout.formats.parse``."""
    return decode_page(source, path, lambda text: _read_page(text, path, layout))


def _read_page(text: str, path: str, layout: Layout) -> Page:
    if problem := find_problem(text, path):
        return Page(path, (Text(text),), (problem,))
    parser = _Parser(text, path, layout)
    parts = tuple(parser.parts())
    gaps = tuple(sorted(parser.gaps))
    return Page(path, parts, tuple(parser.problems), gaps=gaps, sessions=layout.sessions)


class _Parser:
    """One notebook being read."""

    def __init__(self, text: str, path: str, layout: Layout) -> None:
        self.text = text
        self.layout = layout
        self.json = JsonText(text)
        self.path = path
        self.problems: list[Problem] = []
        self.gaps: list[Gap] = []
        first = _FIRST_LINE.match(text)
        self.newline: str = first[1] if first else "\n"
        self.indent: str | None = first[2] if first else None
        self.ascii = text.isascii() and _ESCAPE.search(text) is not None

    def parts(self) -> Iterator[Part]:
        """Yield the parts in order; in a cell, the outputs may come before the code."""
        position = 0
        for span, part in sorted(self.pieces(), key=lambda piece: piece[0].start):
            yield Text(self.text[position : span.start])
            yield part
            position = span.end
        yield Text(self.text[position:])

    def pieces(self) -> Iterator[tuple[JsonSpan, Part]]:
        """The code of each code cell, and the outputs of cells that run and are shown."""
        book = self.json.members(self.json.whole)
        if language_of(self.json.value(book["metadata"])) not in PYTHON:
            return
        blocks = 0
        for number, span in enumerate(self.json.elements(book["cells"]), start=1):
            cell = self.json.members(span)
            if self.json.value(cell["cell_type"]) != "code":
                self.gaps += self.gaps_of_text(cell, f"cell {number}")
                continue
            block = self.block(cell, f"cell {number}")
            if _HALF.search(block.code):
                self.problem(block, block.line, "half a character in the code", _WHOLE)
                continue
            yield cell["source"], block
            if block.directive.skip and not block.directive.hidden:
                self.gaps += self.gaps_of_skipped(cell, block)
            if not block.directive.skip and not block.directive.hidden:
                self.gaps += self.gaps_in_code(cell, block)
                yield cell["outputs"], self.slot(cell["outputs"], blocks)
            blocks += 1

    def gaps_of_skipped(self, cell: dict[str, JsonSpan], block: Block) -> Iterator[Gap]:
        gap = gap_of_skipped(block)
        yield replace(gap, nearest=_TAG if gap.nearest else "", name=block.name)
        if self.json.value(cell["outputs"]):
            line = self.json.line(cell["outputs"].start)
            yield Gap(line, f"output of {SKIPPED}", output=True, name=block.name)

    def gaps_in_code(self, cell: dict[str, JsonSpan], block: Block) -> Iterator[Gap]:
        """The first output in a comment: what a cell prints is below the cell alone."""
        for comment in value_comments(block.code)[:1]:
            line = self.line_of(cell["source"], comment.line + 1)
            yield Gap(line, IN_COMMENT, _BELOW, output=True, name=block.name)

    def gaps_of_text(self, cell: dict[str, JsonSpan], name: str) -> Iterator[Gap]:
        """The gaps in a cell of Markdown: Python there does not run."""
        if self.json.value(cell["cell_type"]) != "markdown" or "source" not in cell:
            return
        text = "".join(self.json.value(cell["source"]))
        lines = [plain_line(line) for line in text.split("\n")]
        for gap in gaps_in_text(outside_of(lines, read_structure(lines)), OutputHints()):
            line = self.line_of(cell["source"], gap.line)
            yield replace(gap, line=line, nearest=_CELL, name=name)

    def line_of(self, source: JsonSpan, number: int) -> int:
        """The line in the file of a line of a cell, both counted from 1."""
        value = self.json.value(source)
        if isinstance(value, str):
            return self.json.line(source.start)
        for span, piece in zip(self.json.elements(source), value, strict=True):
            number -= piece.count("\n") or 1
            if number <= 0:
                return self.json.line(span.start)
        return self.json.line(source.end)

    def block(self, cell: dict[str, JsonSpan], name: str) -> Block:
        """The block of a cell, with its directive from the tags."""
        span = cell["source"]
        code = "".join(self.json.value(span))
        code += "\n" if code and not code.endswith("\n") else ""
        block = Block(self.json.source(span), self.json.line(span.start), code, name=name)
        notes = [*self.notes(cell["metadata"])]
        directive, problems = read_directive(notes, self.path)
        for each in problems:
            self.problem(block, each.line, each.message, each.hint)
        if directive.out:
            self.problem(block, block.line, "the tag `codeout:out` means nothing here", _IN_CELL)
        for note in notes:
            if note.hides and note.text != TAGS["remove-cell"]:
                hint = "give the cell the tag `remove-cell`, which others know too"
                self.problem(block, note.line, "a tag that hides nothing from readers", hint)
        outputs = cell["outputs"]
        directive = for_mode(self.layout.run, directive, lambda: bool(self.json.value(outputs)))
        return replace(block, directive=directive)

    def notes(self, metadata: JsonSpan) -> Iterator[Note]:
        """The tags of a cell that are directives."""
        tags = self.json.members(metadata).get("tags")
        for span in self.json.elements(tags) if tags else ():
            tag = self.json.value(span)
            if tag in TAGS or tag.startswith("codeout:"):
                yield Note(self.json.line(span.start), TAGS.get(tag, tag))
            yield from notes_of([tag], self.json.line(span.start), self.layout.mapping)

    def slot(self, outputs: JsonSpan, block: int) -> Slot:
        """The slot for the outputs of a block, with the style of its JSON."""
        found = _COLON.search(self.text[max(0, outputs.start - len(" : ")) : outputs.start])
        colon = found[0] if found else ": "
        comma = ", " if self.indent is None and colon.endswith(" ") else ","
        return Slot(
            self.json.source(outputs),
            self.json.line(outputs.start),
            (block,),
            self.json.indentation(outputs.start),
            self.newline,
            json=JsonStyle(self.indent, comma, colon, self.ascii),
        )

    def problem(self, block: Block, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, block.with_name(message), hint))


def language_of(metadata: object) -> str:
    """The language of a notebook, by its metadata; Python if they name none."""
    match metadata:
        case {"language_info": {"name": str(name)}} | {"kernelspec": {"language": str(name)}}:
            return name.lower()
    return "python"
