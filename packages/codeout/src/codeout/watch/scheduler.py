"""The live pages of a project: how many run at the same time, and how many checkpoints stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.engine.dispatch import limits_of
from codeout.live.eviction import Kept, surplus
from codeout.run.job import Isolation
from codeout.run.memory import share
from codeout.watch.page_runner import PageRunner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.run.events import LiveEvent
    from codeout.watch.rerun import Rerun


class Scheduler:
    """Keeps pages alive and reruns them, at most as many at a time as the settings allow.

    Args:
        isolation: What pages may not reach.
    """

    def __init__(self, isolation: Isolation = Isolation()) -> None:
        self._isolation = isolation
        self._runners: dict[str, PageRunner] = {}  # by page, the last scheduled last
        self._waiting: dict[str, tuple[Project, Plan]] = {}
        self._sizes: dict[int, int] = {}  # bytes of memory, by the process of a checkpoint
        self._config: Config | None = None

    @property
    def waitables(self) -> list[int]:
        """File descriptors that become readable when there are new events."""
        return [each for runner in self._busy() for each in runner.waitables]

    @property
    def busy(self) -> bool:
        """Whether any page runs or waits to run."""
        return bool(self._waiting or self._busy())

    def _busy(self) -> list[PageRunner]:
        return [runner for runner in self._runners.values() if runner.busy]

    def _has_room(self, config: Config) -> bool:
        return len(self._busy()) < limits_of(config).workers

    @property
    def inputs(self) -> frozenset[Path]:
        """The files that pages have read or looked for, including pages that failed."""
        return frozenset(file for runner in self._runners.values() for file in runner.inputs)

    def is_running(self, path: str) -> bool:
        """Whether a page runs or waits to run."""
        return path in self._waiting or (path in self._runners and self._runners[path].busy)

    def is_outdated(self, path: str) -> bool:
        """Whether a file that a page has read has changed since."""
        return path in self._runners and self._runners[path].outdated

    def schedule(self, project: Project, plan: Plan) -> Iterator[LiveEvent | Rerun]:
        """Rerun a page as it is now, at once or when others have ended.

        Args:
            project: Its project.
            plan: The page.

        Yields:
            What is known at once; see ``poll`` for the rest.

        Raises:
            ConfigError: Pages cannot start.
        """
        self._waiting.pop(plan.path, None)
        if not self.is_running(plan.path) and not self._has_room(project.config):
            self._waiting[plan.path] = project, plan
            return
        self._config = project.config
        runner = self._runners.pop(plan.path, None) or PageRunner(self._make_room, self._isolation)
        self._forget_last(runner.checkpoints)
        self._runners[plan.path] = runner
        yield from runner.update(project, plan)

    def poll(self) -> Iterator[LiveEvent | Rerun]:
        """Yield what has happened since the last call, and start pages that waited."""
        for runner in self._busy():
            yield from runner.poll()
        for project, plan in tuple(self._waiting.values()):
            if not self._has_room(project.config):
                break
            yield from self.schedule(project, plan)

    def evict(self, config: Config) -> None:
        """Discard checkpoints beyond the number or the memory that the settings allow."""
        found = ((path, runner.checkpoints) for path, runner in self._runners.items())
        checkpoints = {path: kept for path, kept in found if kept}
        running = {path for path, runner in self._runners.items() if runner.busy}
        sizes = self._measured(checkpoints.values())
        for path in running & checkpoints.keys():
            self._forget_last(checkpoints[path])
        pages = [
            _kept(path, each, sizes, self._runners[path].seconds)
            for path, each in checkpoints.items()
        ]
        size = config.checkpoint_megabytes * 10**6
        for kept in surplus(pages, config.checkpoints, size, running):
            self._runners[kept.page].discard(kept.index)
            self._forget_neighbours(checkpoints[kept.page], kept.index)

    def _make_room(self) -> None:
        if self._config is not None:
            self.evict(self._config)

    def _measured(self, pages: Iterable[Mapping[int, int]]) -> dict[int, int]:
        """The memory of checkpoints, by process.

        It is measured once, when the next block has run and changed what both had in common, or
        when the page has come to rest: to measure takes milliseconds, and there may be many.
        """
        processes = [each for page in pages for each in page.values()]
        self._sizes = {each: self._sizes.get(each) or share(each) for each in processes}
        return dict(self._sizes)

    def _forget_last(self, page: Mapping[int, int]) -> None:
        """Have the last checkpoint of a page measured again: the next block changes it."""
        for process in [*page.values()][-1:]:
            self._sizes.pop(process, None)

    def _forget_neighbours(self, page: Mapping[int, int], index: int) -> None:
        """Have the checkpoints beside one that goes measured again: they shared memory with it."""
        order = [*page]
        at = order.index(index)
        for near in order[max(0, at - 1) : at + 2]:
            self._sizes.pop(page[near], None)

    def discard(self, path: str) -> None:
        """End a page and all its checkpoints, if it is there."""
        self._waiting.pop(path, None)
        if runner := self._runners.pop(path, None):
            runner.close()

    def close(self) -> None:
        """End all pages."""
        for path in tuple(self._runners):
            self.discard(path)
        self._waiting.clear()


def _kept(
    path: str, processes: Mapping[int, int], sizes: Mapping[int, int], seconds: Sequence[float]
) -> list[Kept]:
    """The checkpoints of a page; the seconds are those before each block."""
    return [
        Kept(path, index, sizes[process], seconds[index]) for index, process in processes.items()
    ]
