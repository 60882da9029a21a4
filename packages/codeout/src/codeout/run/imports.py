"""Which modules the blocks of a page import."""

from __future__ import annotations

import ast


class ImportCollector(ast.NodeTransformer):
    """Collects the modules that a block imports; changes nothing.

    Args:
        found: Where to put their top-level names.
    """

    def __init__(self, found: set[str]) -> None:
        self._found = found

    def visit_Import(self, node: ast.Import) -> ast.Import:
        """Collect from ``import a.b``."""
        self._found.update(alias.name.partition(".")[0] for alias in node.names)
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom:
        """Collect from ``from a.b import c``."""
        if node.module and not node.level:
            self._found.add(node.module.partition(".")[0])
        return node
