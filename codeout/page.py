"""A page as a lossless list of parts: text, blocks of Python, and the slots for their outputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeout.directive import Directive
from codeout.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping


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


def parse(source: bytes, path: str = "<page>", tabs: TabNames = TabNames()) -> Page:
    """Take any bytes apart into a page, so that ``render(parse(source)) == source``.

    Args:
        source: The page as it stands in its file.
        path: Where it came from, for messages.
        tabs: The labels that make a tab a code tab or an output tab.

    Returns:
        The page. Bytes that are not UTF-8 make one text and one problem.
    """
    from codeout.reading import read_parts  # which builds on the types above

    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        line = 1 + count_newlines(source[: error.start].decode("latin-1"))
        message = f"not UTF-8 (byte 0x{source[error.start]:02x})"
        problem = Problem(path, line, message, "save the file as UTF-8")
        return Page(path, (Text(source.decode("utf-8", "surrogateescape")),), (problem,))
    parts, problems = read_parts(text, path, tabs)
    return Page(path, parts, problems)


def render(page: Page) -> bytes:
    """Put a page together again."""
    return "".join(part.source for part in page.parts).encode("utf-8", "surrogateescape")


def fill(page: Page, bodies: Mapping[int, str]) -> Page:
    """Put new bodies into slots.

    Args:
        page: The page to start from.
        bodies: The new body by the index of its slot: whole lines, prefixed, or ``""`` for none.

    Returns:
        The new page; what an empty slot wants before and after its body has become text.
    """
    parts: list[Part] = []
    slots = line = 0
    for part in page.parts:
        new: list[Part] = [part]
        if isinstance(part, Slot):
            body = bodies.get(slots, part.source)
            slots += 1
            if body and not part.source:
                slot = replace(part, source=body, before="", after="")
                new = [Text(part.before), slot, Text(part.after)]
            else:
                new = [replace(part, source=body)]
        for piece in new:
            moved = piece if isinstance(piece, Text) else replace(piece, line=line + 1)
            line += count_newlines(piece.source)
            parts += [moved] if moved.source or isinstance(moved, Slot) else []
    return replace(page, parts=tuple(parts))


def count_newlines(text: str) -> int:
    """Count the line endings in a text, whichever they are."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
