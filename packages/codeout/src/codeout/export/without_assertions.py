"""Leaves out what a hidden block asserts, and keeps what it sets up."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING, Final

from codeout.run.magics import translate

if TYPE_CHECKING:
    from collections.abc import Iterator

_PURE: Final = frozenset(
    {
        *("all", "any", "enumerate", "hasattr", "isinstance", "len", "max", "min", "range"),
        *("reversed", "sorted", "sum", "zip", "items", "keys", "values"),
    }
)
"""Functions and methods whose calls change nothing."""


def without_assertions(code: str) -> str:
    """Code without its assertions; empty if nothing else is left.

    A loop or a condition around nothing but assertions goes with them, unless it may do more, such
    as call a function. Code that is not Python stays as it is.
    """
    translation = translate(code)
    try:
        tree = ast.parse(translation.python)
    except (SyntaxError, ValueError):
        return code
    if translation.cell_magic:
        return code
    lines = code.split("\n")
    found = _found(tree.body, _names(tree))
    for node, only in sorted(found, key=_place, reverse=True):
        _cut(lines, node, "pass" if only else "")
    return "\n".join(lines)


def _place(found: tuple[ast.stmt, bool]) -> tuple[int, int]:
    return found[0].lineno, found[0].col_offset


def _found(
    body: list[ast.stmt], names: Counter[str], *, inner: bool = False
) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield the outermost statements that only assert, and whether something must take the place.

    A body cannot be empty: its first statement becomes ``pass`` if all would go.
    """
    empty = inner and all(_only_asserts(node, names) for node in body)
    for at, node in enumerate(body):
        if _only_asserts(node, names):
            yield node, empty and at == 0
        else:
            for each in _bodies(node):
                yield from _found(each, names, inner=True)


def _only_asserts(node: ast.stmt, names: Counter[str]) -> bool:
    match node:
        case ast.Assert():
            return True
        case ast.For() | ast.While() | ast.If():
            header = node.iter if isinstance(node, ast.For) else node.test
            if isinstance(node, ast.For) and any(
                names[name] > _names(node)[name] for name in _names(node.target)
            ):
                return False  # its variable is used after it
            return not _acts(header) and all(
                _only_asserts(each, names) for body in _bodies(node) for each in body
            )
    return False


def _names(node: ast.AST) -> Counter[str]:
    """The names in a piece of code, and how often each occurs."""
    return Counter(each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _acts(expression: ast.expr) -> bool:
    """Whether an expression may do more than to give a value."""
    for node in ast.walk(expression):
        if isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            return True
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in _PURE:
                return True
    return False


def _bodies(node: ast.stmt) -> list[list[ast.stmt]]:
    fields = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
    fields += [handler.body for handler in getattr(node, "handlers", [])]
    return [body for body in fields if body and isinstance(body, list)]


def _cut(lines: list[str], node: ast.stmt, instead: str) -> None:
    """Take a statement out of lines; those that hold nothing else go as a whole."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset :].decode()
    rest = after.lstrip(" \t;")
    if not before.strip() and not instead and (not rest or rest.startswith("#")):
        del lines[first : last + 1]
    else:
        kept = instead or ("pass" if before.strip() and not before.rstrip().endswith(";") else "")
        text = f"{before}{kept}{after if kept else rest}"
        lines[first : last + 1] = [text.rstrip(" \t;") if not kept else text]
