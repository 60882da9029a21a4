"""The project of a watch: read again on changes, locked against other runs while pages run."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.config.mkdocs import FILES
from codeout.config.pyproject import find_config
from codeout.engine.project import Project
from codeout.fs.flock import exclusive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from codeout.config.settings import Config


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
        self._held: contextlib.ExitStack | None = None
        self._read(lambda config: Project.open(config=config))

    def _read(self, opened: Callable[[Config], Project]) -> None:
        config = find_config(self._folder)
        versions = _versions(config)  # before the lock is read: a later change must be seen
        self.project = opened(config)
        self._versions = versions

    @property
    def held(self) -> bool:
        """Whether other runs have to wait."""
        return self._held is not None

    def reload(self) -> None:
        """Read the project again; while the lease is held, only the settings can have changed.

        Raises:
            ConfigError: The settings or the lock cannot be used; ``project`` stays as it was.
        """
        if self.held:
            self.project = replace(self.project, config=find_config(self._folder))
        else:
            self._read(self.project.reopened)

    def acquire(self) -> None:
        """Wait until no other run is at work, and keep others out until ``release``.

        The project is read again only if its files have changed since it was read, as they may
        have if another run was at work.

        Raises:
            ConfigError: The settings or the lock cannot be used; the lease is not held then.
        """
        if self.held:
            return
        with contextlib.ExitStack() as stack:
            stack.enter_context(exclusive(self.project.config.root, self._wait))
            if _versions(self.project.config) != self._versions:
                self._read(self.project.reopened)
            self._held = stack.pop_all()

    def release(self) -> None:
        """Let other runs begin."""
        if self._held is not None:
            self._held.close()
            self._held = None


def _versions(config: Config) -> tuple[object, ...]:
    """What tells one version of the settings and of the lock from another, without reading them."""
    names = ["pyproject.toml", *FILES, *([config.lock] if config.lock else [])]
    return tuple(_version(config.root / name) for name in names)


def _version(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
