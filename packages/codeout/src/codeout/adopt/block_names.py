"""The names that the code of a block reads and binds."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from symtable import symtable
from typing import TYPE_CHECKING

from codeout.run.magics import syntax_tree
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from symtable import SymbolTable


@dataclass(frozen=True, slots=True)
class BlockNames:
    """The names of a block.

    Attributes:
        read: Those that it reads before it binds them.
        bound: Those that it binds.
        valid: Whether it is Python; otherwise, nothing of it runs.
    """

    read: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    valid: bool = True


@lru_cache(maxsize=10_000)
def names_of(code: str) -> BlockNames:
    """The names that a block reads and binds."""
    tree = syntax_tree(code)
    if tree is None:
        return BlockNames(valid=False)
    return BlockNames(frozenset(_names_read(tree)), frozenset(names_bound(tree)))


def _names_read(tree: ast.Module) -> set[str]:
    """The names that a block reads, at any depth, before it binds them."""
    read: set[str] = set()
    bound: set[str] = set()
    for statement in tree.body:
        binds = names_bound(ast.Module([statement], []))
        own = binds if hasattr(statement, "body") else set()  # as of `except ValueError as error:`
        read |= {*_read_by(statement)} - bound - own
        bound |= binds
    return read


def _read_by(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement reads from its module."""
    try:
        yield from _globals_read(symtable(ast.unparse(statement), "", "exec"))
    except SyntaxError:  # such as an `await` beside functions, which IPython runs
        names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (name.id for name in names if isinstance(name.ctx, ast.Load))


def _globals_read(table: SymbolTable) -> Iterator[str]:
    """Yield the global names that are read in a scope and in those within it."""
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module"):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _globals_read(inner)
