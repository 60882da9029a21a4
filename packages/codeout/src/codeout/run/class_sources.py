"""Lets ``inspect`` find the source of classes of a page, as it finds that of functions.

A function knows the file of its code, a class only its module; and the module of a page has no
file.
"""

from __future__ import annotations

import ast
import functools
import inspect
import linecache
from typing import TYPE_CHECKING, Any, Final

from codeout.run.block_errors import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

_getfile: Final = inspect.getfile


def find_class_sources() -> None:
    """Have ``inspect.getfile`` know the blocks in which classes of the page are defined."""
    inspect.getfile = _getfile_of_pages


@functools.wraps(_getfile)
def _getfile_of_pages(object: Any) -> str:  # noqa: A002  # the name of the original
    if inspect.isclass(object) and object.__module__ == "__main__":
        # The last definition holds, unless the class itself knows its line (Python 3.13).
        line = vars(object).get("__firstlineno__")
        for name in reversed(_blocks()):
            if any(line in {None, at} for at in _lines_of(object.__qualname__, name)):
                return name
    return _getfile(object)


def _blocks() -> list[str]:
    return [name for name in linecache.cache if name.startswith(BLOCK)]


def _lines_of(qualname: str, block: str) -> Iterator[int]:
    """The lines on which a block defines a class, or its first decorator stands."""
    try:
        tree = ast.parse("".join(linecache.getlines(block)))
    except (SyntaxError, ValueError):
        return
    for name, node in _classes(tree, ""):
        if name == qualname:
            yield min([node.lineno, *(each.lineno for each in node.decorator_list)])


def _classes(tree: ast.AST, within: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for node in ast.iter_child_nodes(tree):
        inner = within
        match node:
            case ast.ClassDef(name=name):
                yield f"{within}{name}", node
                inner = f"{within}{name}."
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                inner = f"{within}{name}.<locals>."
        yield from _classes(node, inner)
