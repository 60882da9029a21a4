"""Imports that pages take for granted: other pages of the tree have them."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from codeout.run.magics import syntax_tree
from codeout.run.names import undefined_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from codeout.adopt.trial import Trial
    from codeout.engine.plan import Plan


def imports_of(plans: Iterable[Plan]) -> Mapping[str, str]:
    """The import statements of a tree, by the names that they bind.

    Of several statements for a name, such as ``import numpy as np``, the most frequent one counts.
    """
    counts = Counter(
        (name, statement)
        for plan in plans
        for block in plan.page.blocks
        for name, statement in _imports_in(block.code)
    )
    return {name: statement for (name, statement), _ in reversed(counts.most_common())}


def _imports_in(code: str) -> Iterator[tuple[str, str]]:
    tree = syntax_tree(code) if "import" in code else None
    for node in tree.body if tree else ():
        match node:
            case ast.Import():
                for alias in node.names:
                    name = alias.asname or alias.name.partition(".")[0]
                    yield name, ast.unparse(ast.Import([alias]))
            case ast.ImportFrom(module=str(module), level=0) if module != "__future__":
                for alias in node.names:
                    statement = ast.ImportFrom(module, [alias], 0)
                    yield alias.asname or alias.name, ast.unparse(statement)


def missing_imports(trial: Trial, imports: Mapping[str, str]) -> list[str]:
    """The imports whose names a page uses without them, sorted.

    Args:
        trial: The run of the page.
        imports: Statements by the names that they bind.
    """
    names = {undefined_name(failure.problem.message) for failure in trial.failures}
    return sorted(imports[name] for name in names & imports.keys())
