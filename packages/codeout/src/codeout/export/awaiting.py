"""Code with ``await`` outside of functions, as a script can have it."""

from __future__ import annotations

import ast
from itertools import accumulate
from typing import TYPE_CHECKING

from codeout.export.syntax import indented
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Iterator


def without_await(source: str) -> str | None:
    """Code as a function that runs to its end, if it awaits; None if there is no way.

    There is none for ``from x import *``, which no function may do.
    """
    if not _awaits(source):
        return source
    tree = ast.parse(source)
    names = sorted({name for name in names_bound(tree) if name.isidentifier()})
    outer = f"    global {', '.join(names)}\n" if names else ""
    inner = indented(_without_annotations(source, tree))
    text = f"async def _block():\n{outer}{inner}\n\n\n_loop.run_until_complete(_block())"
    return None if _awaits(text) else text


def _awaits(source: str) -> bool:
    """Whether code has an ``await`` outside of functions, or is no Python."""
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
    except SyntaxError:
        return True
    return False


def _without_annotations(source: str, tree: ast.Module) -> str:
    """Remove the annotations of a block's variables: no global variable may have one."""
    text = source.encode()
    starts = [0, *accumulate(len(line) + 1 for line in text.split(b"\n"))]
    found = sorted(_annotated(tree), key=lambda node: (node.lineno, node.col_offset))
    for node in reversed(found):
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        if node.value is None:
            text = text[: starts[node.lineno - 1] + node.col_offset] + b"pass" + text[end:]
            continue
        name, last = node.target, node.annotation
        before = text[: starts[name.lineno - 1] + (name.end_col_offset or 0)]
        after = text[starts[(last.end_lineno or 0) - 1] + (last.end_col_offset or 0) :]
        text = before + b" " + after[after.index(b"=") :]
    return text.decode()


def _annotated(tree: ast.AST) -> Iterator[ast.AnnAssign]:
    """The variables with annotations, but for those of functions and classes."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.AnnAssign) and node.simple:
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _annotated(node)
