"""IPython's ``_``, the last value that a block has shown, for scripts that read it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codeout.export.syntax import span
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Sequence


def reads_last_value(sources: Sequence[str]) -> bool:
    """Whether one of some blocks reads ``_``, and none binds it."""
    trees = [ast.parse(source) for source in sources]
    names = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name))
    read = any(node.id == "_" and isinstance(node.ctx, ast.Load) for node in names)
    return read and not any("_" in names_bound(tree) for tree in trees)


def keep_last_value(source: str) -> str:
    """Have a block keep its value, if it has one; a semicolon hides it."""
    body = ast.parse(source).body
    if not body or not isinstance(body[-1], ast.Expr):
        return source
    text = source.encode()
    start, end = span(body[-1], text)
    if text[end:].lstrip().startswith(b";"):
        return source
    return (text[:start] + b"_keep(" + text[start:end] + b")" + text[end:]).decode()
