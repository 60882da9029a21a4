"""Where the lines of a docstring are in its module."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from codeout.page.docstring_text import indentations, without_underlines
from codeout.page.model import Block, Slot, SlotKind

if TYPE_CHECKING:
    from codeout.page.docstrings import ModuleText
    from codeout.page.string_literals import StringLiteral

_FIRST: Final = 1
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")


class DocstringPlaces:
    """The lines of one docstring, and their places. Indexes are those of lines, from 0.

    An empty line stands before the first one, which no renderer takes for front matter then.

    Args:
        module: The module.
        literal: The docstring.

    Attributes:
        lines: The lines, without the indentation of the docstring and of its sections.
        widths: How many blanks each line has lost.
    """

    def __init__(self, module: ModuleText, literal: StringLiteral) -> None:
        self._module = module
        self._literal = literal
        self._indentation = module.indentation(literal.start)
        lines = without_underlines(literal.value.split("\n"))
        widths = indentations(lines)
        self._starts = [0, *accumulate((len(line) + 1 for line in lines[:-1]), initial=0)]
        self._blanks = ["", *(line[:width] for line, width in zip(lines, widths, strict=True))]
        self.widths = [0, *widths]
        self.lines = ["", *(line[width:] for line, width in zip(lines, widths, strict=True))]

    def offset(self, index: int) -> int:
        """Where a line starts in the module; after the last one, where the docstring ends."""
        if index >= len(self._starts):
            return self._literal.offset(len(self._literal.value))
        return self._literal.offset(self._starts[index])

    def line(self, index: int) -> int:
        """The line of the module where a line is, counted from 1."""
        return self._module.line_of(self.offset(index))

    def block(self, start: int, end: int, block: Block) -> Block:
        """A block as it is in the module; its own lines are counted from the empty line, from 1."""
        line = self.line(start)
        count = block.code.count("\n")
        lines = [self.line(block.line_of(number) - 1) - line for number in range(1, count + 1)]
        source = self._source(start, end)
        first = self._module.line_of(self._literal.start)
        placed = replace(block, source=source, line=line, docstring=first, lines=())
        follow = [placed.line_of(number) - line for number in range(1, count + 1)]
        return replace(placed, lines=() if lines == follow else tuple(lines))

    def slot(self, start: int, end: int, slot: Slot) -> Slot:
        """A slot as it is in the module."""
        filled = (at for at in range(start, end) if self.lines[at].strip())
        model = next(filled, start - 1)  # an output may begin with a blank line
        beside = start == _FIRST + 1  # below what is on the line of the quotes
        blanks = self._indentation if beside else self._blanks[model]
        newline = self._newline(model)
        closed = end == len(self.lines)
        before = slot.before
        if closed and not slot.source and slot.kind is SlotKind.TRANSCRIPTS:
            before = "\n"
        return replace(
            slot,
            source=self._source(start, end),
            line=self.line(start),
            prefix=blanks + slot.prefix,
            newline=newline,
            before=self._written(before, blanks, newline),
            after=self._written(slot.after, blanks, newline),
            string=self._literal.style,
            closed=closed,
        )

    def _written(self, text: str, blanks: str, newline: str) -> str:
        """Lines as they are written in the docstring, escaped and indented."""
        escaped = map(self._literal.style.escape, text.split("\n"))
        return newline.join(blanks + line if line.strip() else line for line in escaped)

    def _source(self, start: int, end: int) -> str:
        return self._module.text[self.offset(start) : self.offset(end)]

    def _newline(self, index: int) -> str:
        """How the ending of a line is written, or of another one if the docstring ends there."""
        index = min(index, len(self._starts) - 2)
        if index < 1:
            return self._module.newline if len(self._literal.style.quote) > 1 else "\\n"
        end = self._starts[index + 1]
        source = self._module.text[self._literal.offset(end - 1) : self._literal.offset(end)]
        physical = _NEWLINE.match(source)
        return physical[0] if physical else source
