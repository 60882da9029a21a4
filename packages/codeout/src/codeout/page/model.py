"""A page as a lossless list of parts: text, blocks of Python, and slots for their outputs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from codeout.page.directives import Directive
from codeout.page.modes import SessionMode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.errors import Problem
    from codeout.page.gap import Gap
    from codeout.page.string_literals import StringStyle


class SlotKind(StrEnum):
    """Where the output of a block is."""

    TABS = "tabs"
    """In the tab after that of the code; in a notebook, in its cell."""
    FENCE = "fence"
    """In the fence right after that of the code."""
    TRANSCRIPTS = "transcripts"
    """Below each statement, which has a prompt."""
    COMMENTS = "comments"
    """In comments, ``#> value``, below the statement that printed it."""
    CONSOLE = "console"
    """Below each command for a shell, which has a prompt."""


@dataclass(frozen=True, slots=True)
class FenceStyle:
    """How a fence is written: its character, its least length, and the text after it."""

    char: str = "`"
    length: int = 3
    info: str = ""


@dataclass(frozen=True, slots=True)
class JsonStyle:
    """How the JSON of a notebook is written.

    Attributes:
        indent: The indentation of one level; None if all is on one line.
        comma: The separator of values.
        colon: The separator of a name and its value.
        ascii: Whether characters outside ASCII are escaped.
    """

    indent: str | None = " "
    comma: str = ","
    colon: str = ": "
    ascii: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A part of the page that is kept as it is."""

    source: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: a Python fence, shown or hidden in a comment, or a cell of a notebook.

    Attributes:
        source: Its lines in the page, fences and indentation included; in a notebook, the JSON of
            its code.
        line: The line where ``source`` starts, counted from 1.
        code: The code, dedented, snippets not expanded; ends with a newline unless empty.
        directive: From the comments before the fence, or from the tags of the cell.
        name: A name for messages if the line says little, such as ``cell 3``; may be empty.
        typed: Whether it is a statement or a command as typed at a prompt.
        console: Whether it is a command for a shell, or a fence of some that do not run.
        shows_error: Whether its output on the page is a traceback, so that it may raise.
        options: The options of doctest that change how its output is compared.
        continues: Whether it is in the fence of the block before it, as a later statement.
        docstring: In a module, the line of the docstring that it is in; 0 elsewhere.
        lines: Where each line of the code is, counted in lines after ``line``; empty if they follow
            each other. If outputs are between them, ``source`` ends before the first one.
        language: The language that a plugin runs it in; empty for Python, and for a command.
    """

    source: str
    line: int
    code: str
    directive: Directive = Directive()
    name: str = ""
    typed: bool = False
    console: bool = False
    shows_error: bool = False
    options: tuple[str, ...] = ()
    continues: bool = False
    docstring: int = 0
    lines: tuple[int, ...] = ()
    language: str = ""

    @property
    def may_fail(self) -> bool:
        """Whether it may raise any exception, or none."""
        return self.directive.may_fail or self.shows_error

    @property
    def title(self) -> str:
        """The name of the block, or else its line."""
        return self.name or f"line {self.line}"

    def line_of(self, number: int) -> int:
        """The line in the page of a line of the code, both counted from 1; 0 is the whole block."""
        if 0 < number <= len(self.lines):
            return self.line + self.lines[number - 1]
        # In JSON, all of the code may be on one line.
        first = number - 1 if self.typed and number else number  # no line of a fence before it
        return self.line + min(first, count_newlines(self.source))

    def with_name(self, message: str) -> str:
        """A message about the block, with its name if it has one."""
        return f"{self.name}: {message}" if self.name else message

    def is_named_by(self, message: str) -> bool:
        """Whether a message begins with the name of the block."""
        return bool(self.name) and message.startswith(self.with_name(""))


@dataclass(frozen=True, slots=True)
class Slot:
    """The place in the page for the output of one code tab, one fence, one statement or one cell.

    Attributes:
        source: The body of the output tab: from its first line that is not blank to the end of
            its last one, final newline included; empty if there is none. In a notebook, the JSON
            of the outputs.
        line: The line where the body starts or would start, counted from 1.
        blocks: The indexes, among the blocks of the page, of those whose output is here.
        prefix: The indentation and quote marks of each line of a body; in a notebook, of each line
            but the first.
        newline: The line ending to use.
        style: How the first fence of the body is written, or the default.
        before: The text to write before the body of an empty slot: a blank line, and the header
            of the tab if it is missing. Empty if there is a body.
        after: The text to write after it.
        json: How the JSON of a notebook is written.
        fences: How many fences readers see in the body; 0 in a notebook and in a transcript.
        kind: What kind of place it is.
        statement: The first and the last line of the code whose prints are here, from 1; zeros if
            it is all of the code.
        string: In a docstring, how its literal is written; ``source`` is in its escapes.
        closed: Whether the end of the literal follows the last line, which has no ending then.
        versions: The requirement that its output holds with, such as ``torch<2.10``; empty for the
            main output, which holds with all others.
        active: Whether its output is compared and written: one of those of several versions is.
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
    kind: SlotKind = SlotKind.TABS
    statement: tuple[int, int] = (0, 0)
    string: StringStyle | None = None
    closed: bool = False
    versions: str = ""
    active: bool = True


Part = Text | Block | Slot


@dataclass(frozen=True)
class Page:
    """A parsed page. The sources of its parts, joined, are the page.

    Attributes:
        path: The name of the page, for messages.
        parts: The parts, in order.
        problems: Problems of the page itself: unknown comments, bytes that are not UTF-8.
        strays: How many comments are open or empty, so that they may take the end of a later one.
        gaps: Python in the text that does not run, and outputs that are not compared.
        includes: The includes in the text, as they are written, with the line of each.
        sessions: Which of its blocks share a session; see ``codeout.page.sessions``.
    """

    path: str
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()
    strays: int = 0
    gaps: tuple[Gap, ...] = ()
    includes: tuple[tuple[int, str], ...] = ()
    sessions: str = SessionMode.PAGE

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The page's blocks, in order."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The page's slots, in order: of the outputs of several versions, the active one."""
        return tuple(slot for slot in self.outputs if slot.active)

    @cached_property
    def outputs(self) -> tuple[Slot, ...]:
        """All slots, in order: after each main output those of ranges of versions."""
        return tuple(part for part in self.parts if isinstance(part, Slot))

    def depends_on_versions(self, slot: Slot) -> bool:
        """Whether the page has several outputs for the blocks of a slot, by versions."""
        return any(each.versions and each.blocks == slot.blocks for each in self.outputs)


def count_newlines(text: str) -> int:
    """Count the line endings in a text: CRLF, CR and LF."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def blocks_of_fence(blocks: Sequence[Block], at: int) -> range:
    """The indexes of the blocks that are in the same fence as the block at an index."""
    first, end = at, at + 1
    while first and blocks[first].continues:
        first -= 1
    while end < len(blocks) and blocks[end].continues:
        end += 1
    return range(first, end)
