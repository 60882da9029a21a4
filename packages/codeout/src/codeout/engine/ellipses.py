"""Ellipses that stand for code which an author has left out."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from codeout.run.magics import syntax_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_ELLIPSIS: Final = re.compile(r"\.\.\.|…")
_COMMENT: Final = re.compile(r"^[ \t]*#(?:[ \t]*(?:\.\.\.|…)|.*(?:\.\.\.|…)[ \t]*$)", re.MULTILINE)


def blamed_ellipsis(code: str, name: str, summary: str) -> str:
    """The ellipsis in code that is what raised an exception; empty if none is.

    Args:
        code: The block that raised it.
        name: The class of the exception, without its module.
        summary: Its type and the first line of its message.
    """
    found = _ELLIPSIS.search(code)
    if found is None:
        return ""
    if name != "SyntaxError":
        return found[0] if "ellipsis" in summary.lower() else ""
    others = (_ELLIPSIS.sub(other, code) for other in ("**_", "_", ""))
    return found[0] if syntax_tree(code) is None and any(map(syntax_tree, others)) else ""


def ellipsis_of_fragment(code: str) -> str:
    """The ellipsis that marks code as a part of some whole; empty if there is none.

    It is one in a comment, a statement, or a piece of a list or of arguments. The whole body of a
    function or a class, an index and a first argument mean something else, as in ``Field(...)``.
    """
    if found := _COMMENT.search(code):
        return "…" if "…" in found[0] else "..."
    tree = syntax_tree(code) or ast.Module([], [])
    pieces = (each for node in ast.walk(tree) for each in _pieces(node))
    return "..." if any(map(_is_left_out, pieces)) else ""


def _pieces(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what in a node means nothing if it is an ellipsis."""
    match node:
        case ast.Subscript(slice=ast.Tuple() as index):
            index.elts = []  # so that they are not walked
        case ast.List(elts=pieces) | ast.Set(elts=pieces) | ast.Tuple(elts=pieces):
            yield from pieces
        case ast.Dict(keys=keys, values=values):
            yield from (each for each in (*keys, *values) if each)
        case ast.Call(args=[_, *pieces]):
            yield from pieces
    stub = 0
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        stub = 1 if ast.get_docstring(node) is None else 2
    for name in ("body", "orelse", "finalbody"):
        body = getattr(node, name, None)
        if isinstance(body, list) and len(body) > stub:
            yield from (each.value for each in body if isinstance(each, ast.Expr))


def _is_left_out(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...
