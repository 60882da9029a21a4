"""The project of a watch: read again on changes, locked against other runs while pages run."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.config.settings import find_config
from codeout.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class ProjectLease:
    """A project, and the right to write in it, acquired for each change and released after it.

    Args:
        folder: The project's folder or one below it.
        wait: Called with the project's root if another run has to end first.

    Attributes:
        project: As it was last read.

    Raises:
        ConfigError: The settings or the lock cannot be used.
    """

    def __init__(self, folder: Path, wait: Callable[[Path], None]) -> None:
        self._folder = folder.absolute()
        self._wait = wait
        self._lock: contextlib.ExitStack | None = None
        self.project = Project.open(self._folder)

    @property
    def held(self) -> bool:
        """Whether other runs have to wait."""
        return self._lock is not None

    def reload(self) -> None:
        """Read the project again; while the lease is held, only the settings can have changed.

        Raises:
            ConfigError: The settings or the lock cannot be used; ``project`` stays as it was.
        """
        if self.held:
            self.project = replace(self.project, config=find_config(self._folder))
        else:
            self.project = Project.open(self._folder)

    def acquire(self) -> None:
        """Wait until no other run is at work, keep others out, and read the project again."""
        if self._lock is None:
            lock = contextlib.ExitStack()
            self.project = lock.enter_context(Project.alone(self._wait, self._folder))
            self._lock = lock

    def release(self) -> None:
        """Let other runs begin."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
