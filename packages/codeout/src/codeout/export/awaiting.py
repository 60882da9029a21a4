"""Code with ``await`` outside of functions, as a script can have it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codeout.export.syntax import indented, span
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def without_await(source: str) -> str | None:
    """Code as a function that runs to its end, if it awaits; None if there is no way."""
    if not _awaits(source):
        return source
    tree = ast.parse(source)
    names = sorted({name for name in names_bound(tree) if name.isidentifier()})
    stars = [node for node in tree.body if _is_star(node)]  # which no function may have
    first = "".join(f"{ast.unparse(node)}\n\n\n" for node in stars)
    outer = f"    global {', '.join(names)}\n" if names else ""
    inner = indented(_as_body(source, tree, stars))
    text = f"{first}async def _block():\n{outer}{inner}\n\n\n_loop.run_until_complete(_block())"
    return None if _awaits(text) else text


def _awaits(source: str) -> bool:
    """Whether code has an ``await`` outside of functions, or is no Python."""
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
    except SyntaxError:
        return True
    return False


def _is_star(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"


def _as_body(source: str, tree: ast.Module, stars: Sequence[ast.stmt]) -> str:
    """A block as the body of a function, whose variables are global.

    Those may have no annotations.
    """
    text = source.encode()
    found = [*stars, *_annotated(tree)]
    for node in sorted(found, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        start, end = span(node, text)
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            _, start = span(node.target, text)
            _, annotated = span(node.annotation, text)
            text = text[:start] + b" " + text[text.index(b"=", annotated) :]
        else:
            text = text[:start] + b"pass" + text[end:]
    return text.decode()


def _annotated(tree: ast.AST) -> Iterator[ast.AnnAssign]:
    """The variables with annotations, but for those of functions and classes."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.AnnAssign) and node.simple:
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _annotated(node)
