"""Which blocks other blocks need: those that bind the names that they use."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codeout.run.magics import syntax_tree
from codeout.run.names import names_bound

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def needed_by(chosen: Collection[int], codes: Sequence[str]) -> set[int]:
    """The blocks that others need, directly or by way of others; not those themselves.

    Args:
        chosen: The indexes of the blocks that run.
        codes: The code of all blocks of the page, in order.

    Returns:
        Indexes of blocks before them that bind a name that they use.
    """
    trees = [syntax_tree(code) for code in codes]
    bound = [names_bound(tree) if tree else set() for tree in trees]
    used = [_names_used(tree) if tree else set() for tree in trees]
    needed = set(chosen)
    for at in range(len(codes) - 1, -1, -1):
        if at in needed:
            needed |= {max(before) for name in used[at] if (before := _binders(name, at, bound))}
    return needed - {*chosen}


def _binders(name: str, at: int, bound: Sequence[set[str]]) -> list[int]:
    return [index for index in range(at) if name in bound[index]]


def _names_used(tree: ast.Module) -> set[str]:
    """The names that a block reads, at any depth."""
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
