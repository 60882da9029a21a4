"""Checks pages in several environments, side by side as far as there is room."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from codeout.fs.rmtree import remove
from codeout.matrix.checking import POLL_SECONDS, Check, CheckFailedError, out_of_memory
from codeout.matrix.installing import NotInstallableError, install

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from codeout.config.matrix import Environment
    from codeout.matrix.capacity import Capacity
    from codeout.matrix.checking import Checked


@dataclass(frozen=True, slots=True)
class CheckTask:
    """Pages to check in an environment.

    Attributes:
        environment: The environment.
        folder: Where it is made; its name is the digest of the settings.
        pages: The names of the pages.
        checked: What pages gave there before, by their names.
    """

    environment: Environment
    folder: Path
    pages: Sequence[str]
    checked: Mapping[str, Checked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckEnded:
    """A task that has come to its end, or could not.

    Attributes:
        task: The task, with what the pages gave. The environment is there until the next one is
            asked for.
        error: Why they could not be checked; None if they were.
    """

    task: CheckTask
    error: NotInstallableError | CheckFailedError | None = None


class SideBySide:
    """Checks pages in environments, of which one is made at a time.

    Args:
        root: The folder of the project.
        capacity: Whether there is room for another environment.
        at_once: How many to check at the same time, if there is room.
        jobs: How many pages run at the same time in each.
        keep: Whether environments stay where they are.
    """

    def __init__(
        self, root: Path, capacity: Capacity, *, at_once: int, jobs: int, keep: bool
    ) -> None:
        """Begin with none."""
        self._root = root
        self._capacity = capacity
        self._at_once = at_once
        self._jobs = jobs
        self._keep = keep
        self._made: set[Path] = set()
        self._running: list[tuple[CheckTask, Check]] = []
        self._again: deque[CheckTask] = deque()

    def run(self, tasks: Sequence[CheckTask]) -> Generator[CheckEnded]:
        """Check the pages in each environment; those that run out of memory again, alone.

        Closing the iterator, or an exception in the caller, ends what still runs.

        Yields:
            The tasks, each when it has ended.

        Raises:
            ConfigError: There is no uv.
        """
        try:
            for task in tasks:
                yield from self._begin(task)
            while self._running:
                yield from self._next()
            self._at_once = 1
            while self._again:
                yield from self._begin(self._again.popleft())
                yield from self._next()
        finally:
            for _, check in self._running:
                check.stop()  # all, before any is waited for
            for _, check in self._running:
                check.close()
            for folder in tuple(self._made):
                self._leave(folder)

    def _begin(self, task: CheckTask) -> Iterator[CheckEnded]:
        """Make an environment and start its check, each of the two when there is room."""
        yield from self._until_it_fits(task)
        before = self._capacity.free()
        self._made.add(task.folder)
        try:
            python = install(task.environment, task.folder, self._root)
        except NotInstallableError as error:
            yield CheckEnded(task, error)
            self._leave(task.folder)
            return
        self._capacity.installed(before)
        yield from self._until_it_fits(task)
        check = Check(python, self._root, task.pages, task.folder.name, self._jobs)
        self._running.append((task, check))
        self._capacity.running += 1

    def _until_it_fits(self, new: CheckTask) -> Iterator[CheckEnded]:
        while self._running and not (
            len(self._running) < self._at_once
            and self._capacity.for_another()
            and all(task.folder != new.folder for task, _ in self._running)
        ):
            yield from self._next()

    def _next(self) -> Iterator[CheckEnded]:
        """Wait until a check ends."""
        while not (ended := [each for each in self._running if each[1].ended]):
            time.sleep(POLL_SECONDS)
        task, check = ended[0]
        self._running.remove(ended[0])
        self._capacity.running -= 1
        try:
            checked = {**task.checked, **check.result()}
        except CheckFailedError as error:
            yield CheckEnded(task, error)
        else:
            yield from self._done(replace(task, checked=checked))
        finally:
            check.close()
        if all(task.folder != other.folder for other in self._again):
            self._leave(task.folder)

    def _done(self, task: CheckTask) -> Iterator[CheckEnded]:
        killed = [page for page, it in task.checked.items() if out_of_memory(it.tested)]
        if killed and self._at_once > 1:
            self._again.append(replace(task, pages=killed))
        else:
            yield CheckEnded(task)

    def _leave(self, folder: Path) -> None:
        self._made.discard(folder)
        if not self._keep:
            remove(folder)
