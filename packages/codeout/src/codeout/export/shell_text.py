"""Text that IPython gives to a shell or a file, as a Python literal."""

from __future__ import annotations

import ast
import builtins
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_VARIABLE: Final = re.compile(r"\$(\$?[\w.]+)(?=(?:[^']*'[^']*')*[^']*$)")


def shell_literal(text: str, names: AbstractSet[str]) -> str:
    """A command as a literal: an f-string if it has ``{expressions}`` or ``$names`` of the page.

    As in IPython, all of a command is left to the shell if one part of it is no Python.

    Args:
        text: The command.
        names: What the page binds; other names are those of the shell.
    """
    whole = text

    def replace(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("$"):
            return name
        return f"{{{name}}}" if name.partition(".")[0] in names else found[0]

    text = _VARIABLE.sub(replace, text)
    if not {"{", "}"}.intersection(text):
        return repr(text)
    for literal in _literals(text):
        tree = _expression(literal)
        if tree is not None and _names(tree) <= names | vars(builtins).keys():
            return literal
    return repr(whole)


def _literals(text: str) -> Iterator[str]:
    """F-strings of a text; not each may have the quotes of each expression."""
    yield f"f{text!r}"
    if "\\" not in text:
        yield from (f"f{quote}{text}{quote}" for quote in ("'''", '"""'))


def _expression(text: str) -> ast.Expression | None:
    try:
        return ast.parse(text, mode="eval")
    except (SyntaxError, ValueError):
        return None


def _names(tree: ast.AST) -> set[str]:
    """The names that an expression needs from outside."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} - own
