"""Folders that a generator of sites writes: what is in them is no page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from codeout.config.mkdocs import site_folders

_OF_SPHINX: Final = (".buildinfo", ".doctrees", "doctrees/environment.pickle")
"""What Sphinx leaves in a folder of sites, and ``make html`` above it."""


class BuiltFolders:
    """The built folders below a folder: those of Sphinx, and those that configurations name.

    Args:
        root: The folder of the project, which is not built itself.
    """

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.abspath(root))  # noqa: PTH100  # links stay
        self._named: dict[Path, frozenset[Path]] = {}
        self._known: dict[Path, bool] = {}

    def holds(self, path: Path) -> bool:
        """Whether a path is such a folder, or in one.

        Raises:
            ConfigError: The configuration of a site cannot be read.
        """
        return any(map(self.has, (path, *path.parents)))

    def has(self, folder: Path) -> bool:
        """Whether a folder is such a folder; for the rest, see ``holds``."""
        folder = Path(os.path.abspath(folder))  # noqa: PTH100  # as above
        if folder not in self._known:
            above = [each for each in folder.parents if each.is_relative_to(self._root)]
            self._known[folder] = bool(above) and (
                any(os.path.exists(folder / name) for name in _OF_SPHINX)  # noqa: PTH110  # a Path may raise
                or any(folder in self._names(each) for each in above)
            )
        return self._known[folder]

    def _names(self, folder: Path) -> frozenset[Path]:
        """The folders that the configurations in a folder name."""
        if folder not in self._named:
            self._named[folder] = frozenset(site_folders(folder))
        return self._named[folder]
