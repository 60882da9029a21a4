"""The distributions that an exported page asks its readers to install.

The lock names them, and nobody reviews it. So only those count that the page's own code imports.
"""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING, Final

from codeout.export.commands import as_python
from codeout.lock.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OTHER_NAMES: Final = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
"""Distributions by the name of their module, for machines where they are not installed."""


def required(recorded: Iterable[str], sources: Iterable[str]) -> list[str]:
    """Of the recorded distributions, those that some code imports.

    Args:
        recorded: Their names.
        sources: The code of the page, block by block.
    """
    modules = {module for source in sources for module in _imports(source)}
    imported = {_normal(name) for module in modules for name in _providers(module)}
    return [name for name in recorded if _normal(name) in imported]


def _providers(module: str) -> set[str]:
    """The distributions that may provide a module.

    That of its own name counts only if no other is known: it may be anybody's, as ``yaml`` is not
    PyYAML.
    """
    if module in sys.stdlib_module_names:
        return set()
    known = {*versions_of([module]), _OTHER_NAMES.get(module, "")} - {""}
    return known or {module}


def _imports(source: str) -> Iterator[str]:
    """Yield the top-level names of the modules that a block imports."""
    for node in ast.walk(ast.parse(as_python(source) or "")):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _normal(name: str) -> str:
    """The name of a distribution as PEP 503 has it."""
    return re.sub(r"[-_.]+", "-", name).lower()
