"""Lays out a value that is too wide for a line, one item a line, as Black does."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP: Final = 4


def lay_out(text: str, width: int) -> str:
    """Lay out the ``repr`` of a value.

    Args:
        text: A text on one line.
        width: How many characters fit into a line.

    Returns:
        The text as it is if it is no expression of Python. One that is no ``repr``, as with
        parentheses of its own, may come out as another one.
    """
    try:
        node = ast.parse(text.strip(), mode="eval").body
        return "\n".join(_lines(_Item(text.strip().encode(), node), width))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text


@dataclass(frozen=True, slots=True)
class _Item:
    """Some of a value, with the text before and after it on its lines.

    Attributes:
        whole: All of the value, on one line; offsets in the tree are in bytes.
        node: Its expression.
        before: What is before it on its first line.
        after: What is after it on its last line.
    """

    whole: bytes
    node: ast.AST
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        return self.before + self.source(self.node) + self.after

    def source(self, node: ast.AST) -> str:
        start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0)
        return self.whole[start:end].decode()


def _lines(item: _Item, width: int) -> Iterator[str]:
    """Yield the lines of an item; one that cannot be split may be too long."""
    node = item.node
    brackets, parts = _parts(item)
    if len(item.text) <= width or not parts:
        yield item.text
        return
    yield item.before + brackets[0]
    inner = width - _STEP
    together = ", ".join(part.text for part in parts)
    if isinstance(node, ast.Call) and len(together) <= inner:
        yield " " * _STEP + together
    else:
        comma = "," if len(parts) > 1 or isinstance(node, ast.Tuple) else ""
        for part in parts:
            ended = _Item(part.whole, part.node, part.before, comma)
            yield from (" " * _STEP + line for line in _lines(ended, inner))
    yield brackets[1] + item.after


def _parts(item: _Item) -> tuple[tuple[str, str], list[_Item]]:
    """The brackets of a value with what is before them, and what is between."""
    whole = item.whole
    match item.node:
        case ast.Call(func, args, keywords):
            named = [_Item(whole, each.value, f"{each.arg}=") for each in keywords]
            return (f"{item.source(func)}(", ")"), [*(_Item(whole, arg) for arg in args), *named]
        case ast.Dict(keys, values):
            pairs = [(key, value) for key, value in zip(keys, values, strict=True) if key]
            named = [_Item(whole, value, f"{item.source(key)}: ") for key, value in pairs]
            return ("{", "}"), named
        case ast.List(elements):
            return ("[", "]"), [_Item(whole, element) for element in elements]
        case ast.Set(elements):
            return ("{", "}"), [_Item(whole, element) for element in elements]
        case ast.Tuple(elements):
            return ("(", ")"), [_Item(whole, element) for element in elements]
    return ("", ""), []
