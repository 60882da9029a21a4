"""Outputs in comments: ``#> value`` below the statement that prints it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.lines import ending_of
from codeout.page.model import FenceStyle, Slot, SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.model import Block

COMMENT: Final = re.compile(r"[ \t]*#>(?: |$)")
_STRING: Final = re.compile(r'[ \t]*"""')


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the output of a statement is, in lines of code from 0.

    Attributes:
        first: The first line of the statement.
        last: Its last line.
        end: The line after the output; ``last + 1`` if there is none.
        indent: The blanks before the statement.
        string: Whether the output is a string.
        prints: Whether it is a call of ``print``, below which a string can be an output.
    """

    first: int
    last: int
    end: int
    indent: str
    string: bool = False
    prints: bool = False


def places(lines: Sequence[str]) -> list[_Place]:
    """Find where a block with outputs in comments has them, or would have them.

    Args:
        lines: The lines of its code, without endings.

    Returns:
        A place for each statement that calls something, in order; none if no output is there yet,
        or the code cannot be parsed.
    """
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    strings = {start: end for start, end in _strings(tree) if _STRING.match(lines[start])}
    found: dict[int, _Place] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body") and _calls(node):
            first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
            if last in found:
                first = min(first, found[last].first)
            line = lines[node.lineno - 1]
            indent = line[: len(line) - len(line.lstrip())]
            end = last + 1
            while end < len(lines) and COMMENT.match(lines[end]):
                end += 1
            if end == last + 1 and last + 1 in strings and _prints(node):
                found[last] = _Place(
                    first, last, strings[last + 1] + 1, indent, string=True, prints=True
                )
            else:
                found[last] = _Place(first, last, end, indent, prints=_prints(node))
    if not any(place.end > last + 1 for last, place in found.items()):
        return []
    return [found[last] for last in sorted(found)]


def _strings(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """The first and the last line of each statement that is only a string, from 0."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                yield node.lineno - 1, (node.end_lineno or node.lineno) - 1


def _calls(node: ast.stmt) -> bool:
    return any(isinstance(each, ast.Call | ast.Await) for each in ast.walk(node))


def _prints(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print" | "pprint"))):
            return True
    return False


class PrintedComments:
    """A block with outputs in comments, taken apart into parts.

    Args:
        whole: The fence as a block, with the outputs in its code.
        raw: The lines of the fence, with their endings.
        prefix: The indentation and quote marks of each of them.

    Attributes:
        places: Where its outputs are, or would be; none if it has none.
        block: The block without its outputs.
    """

    def __init__(self, whole: Block, raw: Sequence[str], prefix: str) -> None:
        options = whole.line_of(1) - whole.line - 1  # lines before the first line of code
        self._raw = raw[options:]
        self._prefix = prefix
        self._start = whole.line - 1
        self._first = whole.line + options  # the index of the first line of code
        self._lines = whole.code.split("\n")[:-1]
        self.places = places(self._lines)
        outputs = {at for place in self.places for at in range(place.last + 1, place.end)}
        self._kept = [at for at in range(len(self._lines)) if at not in outputs]
        code = "".join(f"{self._lines[at]}\n" for at in self._kept)
        head = self.places[0].last + 2 + options if self.places else len(raw)
        lines = tuple(at + 1 + options for at in self._kept)
        self.block = replace(whole, source="".join(raw[:head]), code=code, lines=lines)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield the outputs that no statement can have printed."""
        for number, at in enumerate(self._kept, start=1):
            if COMMENT.match(self._lines[at]):
                line = self.block.line_of(number)
                yield Problem(path, line, "a `#>` below code that calls nothing", "remove it")

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
        yield self._start, self._first + self.places[0].last + 1, self.block
        for place in self.places:
            start, end = place.last + 1, place.end
            slot = Slot(
                "".join(self._raw[start + 1 : end + 1]),
                self._first + start + 1,
                (first,),
                self._prefix + place.indent,
                newline,
                FenceStyle(char='"' if place.string else "#", info="print" if place.prints else ""),
                kind=SlotKind.COMMENTS,
                statement=(position[place.first], position[place.last]),
            )
            yield self._first + start, self._first + end, slot
