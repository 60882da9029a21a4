"""A page as a lossless list of parts: text, blocks of Python, and the slots for their outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.directive import Directive

if TYPE_CHECKING:
    from codeout.problem import Problem


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
class Text:
    """A stretch of the page that is kept as it is."""

    source: str


@dataclass(frozen=True, slots=True)
class Block:
    """A Python fence that the renderer shows, or one hidden in a comment.

    Attributes:
        source: Its lines as they stand in the page, fences and indentation included.
        line: The line of its opening fence, counted from 1.
        code: What the fence holds, dedented, includes not yet expanded; ends with a newline
            unless empty.
        directive: What the comments before it say.
    """

    source: str
    line: int
    code: str
    directive: Directive = Directive()


@dataclass(frozen=True, slots=True)
class Slot:
    """The place in the page where the output of one code tab stands.

    Attributes:
        source: The body of the output tab as it stands: from its first line that is not blank
            to the end of its last one, final newline included. Empty where there is none.
        line: The line where the body starts or would start, counted from 1.
        blocks: Indexes, among the page's blocks, of those whose output stands here.
        prefix: What stands before each line of a body: indentation and quote marks.
        newline: The line ending used here.
        style: How the first fence of the body is written, or the default.
        before: What must be written before a body put into an empty slot: a blank line, and
            the header of the tab where that is missing. Empty where a body stands.
        after: Likewise what must follow it.
    """

    source: str
    line: int
    blocks: tuple[int, ...]
    prefix: str
    newline: str = "\n"
    style: FenceStyle = FenceStyle()
    before: str = ""
    after: str = ""


Part = Text | Block | Slot


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. The sources of its parts, joined, are the page.

    Attributes:
        path: Where it came from, for messages.
        parts: In the order of the page.
        problems: What the page itself says wrongly: unknown comments, bytes that are not UTF-8.
    """

    path: str
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The page's blocks, in order."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The page's slots, in order."""
        return tuple(part for part in self.parts if isinstance(part, Slot))
