"""Notes the modules that a page's own code asks for and that are not there."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import TYPE_CHECKING, Final

from codeout.run.callers import called_by_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_BETWEEN: Final = {
    *("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>"),
    *("<frozen importlib.util>", str(importlib.__file__), str(importlib.util.__file__)),
}


class MissingModules:
    """The last finder of modules: what it is asked for, no other has found.

    Attributes:
        names: The names of the modules, such as ``a.b``.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()

    def install(self) -> None:
        """Add it after all other finders."""
        sys.meta_path.append(self)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Note a module if a page asks for it, by ``import`` or by ``importlib``."""
        del path, target
        if called_by_page(_BETWEEN):
            self.names.add(name)
        return None
