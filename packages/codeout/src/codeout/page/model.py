"""A page as a lossless list of parts: text, blocks of Python, and the slots for their outputs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codeout.page.directives import Directive

if TYPE_CHECKING:
    from codeout.errors import Problem


@dataclass(frozen=True, slots=True)
class TabNames:
    """The labels that make a tab a code tab or an output tab."""

    code: tuple[str, ...] = ("Code", "코드")
    out: tuple[str, ...] = ("Out", "Output", "결과", "출력")


@dataclass(frozen=True, slots=True)
class FenceStyle:
    """How a fence is written: its character, how many at least, and what follows them."""

    char: str = "`"
    length: int = 3
    info: str = ""


@dataclass(frozen=True, slots=True)
class JsonStyle:
    """How the JSON of a notebook is written.

    Attributes:
        indent: What indents one level; None where all stands on one line.
        comma: What parts values.
        colon: What parts a name from its value.
        ascii: Whether other characters are written as escapes.
    """

    indent: str | None = " "
    comma: str = ","
    colon: str = ": "
    ascii: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of the page that is kept as it is."""

    source: str


@dataclass(frozen=True, slots=True)
class Block:
    """A Python fence that the renderer shows, one hidden in a comment, or a cell of a notebook.

    Attributes:
        source: Its lines as they stand in the page, fences and indentation included; in a
            notebook, the JSON of its code.
        line: The line where that begins, counted from 1.
        code: What it holds, dedented, includes not yet expanded; ends with a newline unless empty.
        directive: What the comments before it say, or the tags of the cell.
        name: What people call it where a line says little, such as ``cell 3``; may be empty.
    """

    source: str
    line: int
    code: str
    directive: Directive = Directive()
    name: str = ""

    @property
    def title(self) -> str:
        """Its name, or else its line."""
        return self.name or f"line {self.line}"

    def line_of(self, number: int) -> int:
        """The line in the page of a line of the code, counted from 1; 0 means the whole block."""
        # JSON may hold all of the code on one line.
        return self.line + min(number, count_newlines(self.source))

    def told(self, message: str) -> str:
        """What is wrong with the block, with its name if it has one."""
        return f"{self.name}: {message}" if self.name else message


@dataclass(frozen=True, slots=True)
class Slot:
    """The place in the page where the output of one code tab, or of one cell, stands.

    Attributes:
        source: The body of the output tab as it stands: from its first line that is not blank
            to the end of its last one, final newline included. Empty where there is none. In a
            notebook, the JSON of the cell's outputs.
        line: The line where the body starts or would start, counted from 1.
        blocks: Indexes, among the page's blocks, of those whose output stands here.
        prefix: What stands before each line of a body: indentation and quote marks. In a notebook,
            before each line but the first.
        newline: The line ending used here.
        style: How the first fence of the body is written, or the default.
        before: What must be written before a body put into an empty slot: a blank line, and
            the header of the tab where that is missing. Empty where a body stands.
        after: Likewise what must follow it.
        json: In a notebook, how its JSON is written.
        fences: How many fences a reader sees in the body; none in a notebook.
    """

    source: str
    line: int
    blocks: tuple[int, ...]
    prefix: str
    newline: str = "\n"
    style: FenceStyle = FenceStyle()
    before: str = ""
    after: str = ""
    json: JsonStyle = JsonStyle()
    fences: int = 0


Part = Text | Block | Slot


@dataclass(frozen=True)
class Page:
    """A parsed page. The sources of its parts, joined, are the page.

    Attributes:
        path: Where it came from, for messages.
        parts: In the order of the page.
        problems: What the page itself says wrongly: unknown comments, bytes that are not UTF-8.
        strays: How many comments start in it that the renderer shows, or that are ``<!-->``.
    """

    path: str
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()
    strays: int = 0

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The page's blocks, in order."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The page's slots, in order."""
        return tuple(part for part in self.parts if isinstance(part, Slot))


def count_newlines(text: str) -> int:
    """Count the line endings in a text, whichever they are."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
