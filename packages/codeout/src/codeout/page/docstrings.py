"""Finds the docstrings of a module, and strings in their places that are none."""

from __future__ import annotations

import ast
import warnings
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from codeout.page.lines import ending_of, split_lines
from codeout.page.string_literals import StringLiteral, read_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_Owner = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class OtherString:
    """A string that readers may take for a docstring, and Python does not, or not for one string.

    Attributes:
        line: The line where it starts, counted from 1.
        source: Its source.
        what: What it is.
        ignored: Whether tools that read docstrings may know it all the same.
    """

    line: int
    source: str
    what: str
    ignored: bool = False


class ModuleText:
    """The text of a module, and its docstrings.

    Args:
        text: The text, without a byte order mark.

    Attributes:
        newline: Its line ending.

    Raises:
        SyntaxError: The text is no Python.
        ValueError: Likewise.
        RecursionError: It is nested too deeply.
        MemoryError: Likewise.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = split_lines(text)
        self.newline = next(filter(None, map(ending_of, self._lines)), "\n")
        self._starts = [0, *accumulate(map(len, self._lines))]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that Python does not know
            self._tree = ast.parse(text)

    def line_of(self, offset: int) -> int:
        """The line of a character, counted from 1."""
        return max(1, min(bisect_right(self._starts, offset), len(self._lines)))

    def indentation(self, offset: int) -> str:
        """The blanks at the start of the line of a character."""
        line = self._lines[self.line_of(offset) - 1]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def strings(self) -> Iterator[StringLiteral | OtherString]:
        """Yield the docstrings of the module, its classes and functions, and what is like them."""
        found = [pair for node in ast.walk(self._tree) for pair in self._strings_of(node)]
        yield from (string for _, string in sorted(found, key=lambda pair: pair[0]))

    def _strings_of(self, node: ast.AST) -> Iterator[tuple[int, StringLiteral | OtherString]]:
        """Yield the docstring of a node and the strings below assignments, with their starts."""
        body = getattr(node, "body", None)
        if not isinstance(body, list) or not body:
            return
        if isinstance(node, _Owner) and isinstance(body[0], ast.Expr):
            yield from self._docstring(body[0].value)
        for before, expr in pairwise(body):
            match before, expr:
                case ast.Assign() | ast.AnnAssign(), ast.Expr(ast.Constant(str()) as value):
                    start, source = self._source(value)
                    what = "the string below an assignment, which is no docstring"
                    yield start, OtherString(value.lineno, source, what, ignored=True)

    def _docstring(self, value: ast.expr) -> Iterator[tuple[int, StringLiteral | OtherString]]:
        start, source = self._source(value)
        match value:
            case ast.Constant(str()):
                several = "a docstring of several strings beside each other"
                literal = read_literal(source, start)
                yield start, literal or OtherString(value.lineno, source, several)
            case ast.Constant(bytes()):
                yield start, OtherString(value.lineno, source, "bytes, which are no docstring")
            case ast.JoinedStr():
                yield start, OtherString(value.lineno, source, "an f-string, which is no docstring")

    def _source(self, node: ast.expr) -> tuple[int, str]:
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return start, self.text[start:end]

    def _offset(self, line: int, column: int) -> int:
        """The offset of a place that ``ast`` tells: in bytes of UTF-8, from the start of a line."""
        before = self._lines[line - 1].encode()[:column]
        return self._starts[line - 1] + len(before.decode())
