"""The project that a watch works in: read again as it changes, its own alone while pages run."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.config.settings import find_config
from codeout.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Hold:
    """A hold on a project, which is taken for each change and let go of after it.

    Args:
        folder: Of the project.
        wait: Told of the project's root where another run has to end first.

    Attributes:
        project: As it was last read.

    Raises:
        ConfigError: The settings or the lock cannot be used.
    """

    def __init__(self, folder: Path, wait: Callable[[Path], None]) -> None:
        self._folder = folder.absolute()
        self._wait = wait
        self._turn: contextlib.ExitStack | None = None
        self.project = Project.open(self._folder)

    @property
    def taken(self) -> bool:
        """Whether others wait."""
        return self._turn is not None

    def read_again(self) -> None:
        """Read the project as it is now; while it is taken, nobody else writes the lock.

        Raises:
            ConfigError: The settings or the lock cannot be used; those from before hold.
        """
        if self.taken:
            self.project = replace(self.project, config=find_config(self._folder))
        else:
            self.project = Project.open(self._folder)

    def take(self) -> None:
        """Be the only one who writes until all is done, with what is remembered by then."""
        if self._turn is None:
            turn = contextlib.ExitStack()
            self.project = turn.enter_context(Project.alone(self._wait, self._folder))
            self._turn = turn

    def let_go(self) -> None:
        """Let others write again."""
        if self._turn is not None:
            self._turn.close()
            self._turn = None
