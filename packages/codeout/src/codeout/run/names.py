"""The names that a block of Python binds, and those that an error misses."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNDEFINED: Final = re.compile(r"name '(\w+)' is not defined")
_NO_MODULE: Final = re.compile(r"No module named '([\w.]+)'")


def undefined_name(message: str) -> str:
    """The name that is not defined, by the message of a ``NameError``; empty for another error."""
    found = _UNDEFINED.search(message)
    return found[1] if found else ""


def missing_module(message: str) -> str:
    """The module that is not found, by the message of an error; empty for another error."""
    found = _NO_MODULE.search(message)
    return found[1] if found else ""


def names_bound(tree: ast.Module) -> set[str]:
    """The names that a block defines, imports or assigns at its own level."""
    return {name for node in tree.body for name in _names(node)}


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
            return  # what is inside is not the block's own
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            inside = (each for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
            yield from (each.target.id for each in inside)
            return
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.alias(name=name, asname=other):
            yield other or name.partition(".")[0]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
    for child in ast.iter_child_nodes(node):
        yield from _names(child)
