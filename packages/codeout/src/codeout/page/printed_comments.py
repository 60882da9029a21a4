"""Outputs in comments: ``#> value`` below the statement that prints it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.lines import ending_of
from codeout.page.model import FenceStyle, Slot, SlotKind
from codeout.page.print_places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.model import Block

NOTHING: Final = ("`#>` below code that prints nothing", "print the value, or remove the comment")
"""What is wrong with a comment that nothing printed, and what to do."""


class PrintedComments:
    """A block with outputs in comments, taken apart into parts.

    Args:
        whole: The fence as a block, with the outputs in its code.
        raw: The lines of the fence, with their endings.
        prefix: The indentation and quote marks of each of them.

    Attributes:
        found: Whether it has any output.
        block: The block without its outputs.
    """

    def __init__(self, whole: Block, raw: Sequence[str], prefix: str) -> None:
        options = whole.line_of(1) - whole.line - 1  # lines before the first line of code
        self._raw = raw[options:]
        self._prefix = prefix
        self._start = whole.line - 1
        self._first = whole.line + options  # the index of the first line of code
        self._lines = whole.code.split("\n")[:-1]
        where = find_places(self._lines)
        self.found, self._places, self._stray = where.any, where.places, where.stray
        outputs = {at for place in self._places for at in range(place.last + 1, place.end)}
        self._kept = [at for at in range(len(self._lines)) if at not in outputs]
        code = "".join(f"{self._lines[at]}\n" for at in self._kept)
        head = self._places[0].last + 2 + options if self._places else len(raw)
        lines = tuple(at + 1 + options for at in self._kept)
        self.block = replace(whole, source="".join(raw[:head]), code=code, lines=lines)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield the outputs that no statement can have printed."""
        line_of = {at: self.block.line_of(number) for number, at in enumerate(self._kept, start=1)}
        for at in self._stray:
            yield Problem(path, line_of[at], *NOTHING)

    @property
    def count(self) -> int:
        """How many blocks it is."""
        return 1

    def pieces(self, first: int) -> Iterator[tuple[int, int, Block | Slot]]:
        """Yield the block and its slots, each with its start and its end, in lines from 0.

        What is between them is code, which is kept as it is.

        Args:
            first: The index of the block among all of the page.
        """
        position = {at: k for k, at in enumerate(self._kept, start=1)}
        newline = ending_of(self._raw[0])
        end = self._places[0].last + 1 if self._places else len(self._raw) - 1
        yield self._start, self._first + end, self.block
        for place in self._places:
            start, end = place.last + 1, place.end
            slot = Slot(
                "".join(self._raw[start + 1 : end + 1]),
                self._first + start + 1,
                (first,),
                self._prefix + place.indent,
                newline,
                FenceStyle(place.quotes[:1] or "#", info="print" if place.prints_once else ""),
                kind=SlotKind.COMMENTS,
                statement=(position[place.first], position[place.last]),
            )
            yield self._first + start, self._first + end, slot
