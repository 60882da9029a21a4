"""What a site is made of: a change of it has to be built."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.config.mkdocs import FILES
from codeout.errors import CodeoutError
from codeout.fs.state import state_of
from codeout.site.config_file import read_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codeout.config.settings import Config


class Sources:
    """The files of a site, those of its theme, and those of its settings.

    Args:
        config: The settings of the project.

    Raises:
        ConfigError: The configuration of the site cannot be read.
    """

    def __init__(self, config: Config) -> None:
        self._root = config.root
        self._snippets = [name for name in config.snippets if name != "."]
        names = ("pyproject.toml", *FILES, config.lock, *self._snippets)
        self._named = {config.root / name for name in names if name}
        self._settings = self._states_of_settings()
        self._site = read_site(config.root)

    def folders(self) -> frozenset[Path]:
        """The folders in which a change may be one of the site."""
        places = self._places()
        below = {Path(folder) for place in places for folder, _ in self._walk(place)}
        return frozenset(below | {place.parent for place in places if not place.is_dir()})

    def states(self) -> Mapping[str, str]:
        """The states of all files, by their paths."""
        places = self._places()
        files = {str(place) for place in places if not place.is_dir()}
        for place in places:
            files |= {os.path.join(*each) for each in self._files(place)}  # noqa: PTH118
        return {file: state_of(file) for file in files}

    def is_code(self, file: str) -> bool:
        """Whether a file is code of the theme or of hooks, not one that pages show."""
        shown = [self._site.docs, *(self._root / name for name in self._snippets)]
        return file.endswith(".py") and not any(Path(file).is_relative_to(each) for each in shown)

    def _places(self) -> list[Path]:
        """The files and folders, as the configuration names them now."""
        if self._settings != (now := self._states_of_settings()):
            self._settings = now
            with contextlib.suppress(CodeoutError):  # the generator says what is wrong
                self._site = read_site(self._root)
        places = {*self._named, *self._site.sources}
        return [Path(os.path.normpath(place)) for place in places]

    def _states_of_settings(self) -> tuple[str, ...]:
        return tuple(state_of(str(self._root / name)) for name in FILES)

    def _files(self, place: Path) -> Iterator[tuple[str, str]]:
        for folder, names in self._walk(place):
            yield from ((folder, name) for name in names if not name.startswith("."))

    def _walk(self, place: Path) -> Iterator[tuple[str, list[str]]]:
        """Yield folders with the names of their files; none of what is built or compiled."""
        for folder, folders, names in os.walk(place):
            kept = (name for name in folders if not name.startswith(".") and name != "__pycache__")
            folders[:] = [name for name in kept if Path(folder, name) != self._site.folder]
            yield folder, names
