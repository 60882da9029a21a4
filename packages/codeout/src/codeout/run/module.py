"""The module whose docstrings run: blocks begin with its names, as doctest has them."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from codeout.run.imports import ImportCollector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the project.

    Attributes:
        name: Its dotted name.
        folder: The folder from which it is imported, absolute.
        file: Its file, absolute.
        digest: Of its source; other blocks begin with another version of it.
    """

    name: str
    folder: str
    file: str
    digest: str

    def names(self) -> Mapping[str, Any]:
        """Import the module; return a copy of its names.

        Raises:
            BaseException: Any that the module raises.
        """
        if self.folder not in sys.path:
            sys.path.insert(1, self.folder)  # after the working folder
        names = dict(vars(import_module(self.name)))
        found = names.get("__file__") or "built in"
        if not _is_same_file(found, self.file):
            raise ImportError(f"`{self.name}` is another module ({found})")
        return names

    def imports(self) -> Iterator[str]:
        """The top-level names of the modules that it imports, and its own."""
        found = {self.name.partition(".")[0]}
        ImportCollector(found).visit(ast.parse(Path(self.file).read_bytes()))
        yield from (name for name in found if name.isidentifier())

    def line_of(self, error: BaseException) -> int:
        """The line of the module where an exception was raised; 0 if that is elsewhere."""
        frames = walk_tb(error.__traceback__)
        lines = [
            line for frame, line in frames if _is_same_file(frame.f_code.co_filename, self.file)
        ]
        return lines[-1] if lines else 0


def _is_same_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
