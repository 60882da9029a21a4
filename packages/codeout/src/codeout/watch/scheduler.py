"""The live pages of a project: so many run at the same time, and so much of them is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.engine.execute import limits_of
from codeout.live.eviction import Kept, surplus
from codeout.run.memory import share
from codeout.watch.page_runner import Desk, Rerun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.run.events import LiveEvent


class Workshop:
    """Keeps pages alive, and runs of each what a change asks for."""

    def __init__(self) -> None:
        self._desks: dict[str, Desk] = {}  # the page that was aimed at last comes last
        self._waiting: dict[str, tuple[Project, Plan]] = {}
        self._sizes: dict[int, int] = {}

    @property
    def things(self) -> list[int]:
        """What becomes ready when there is news."""
        return [thing for desk in self._desks.values() for thing in desk.things]

    @property
    def busy(self) -> bool:
        """Whether any page runs, or waits to."""
        return bool(self._waiting) or any(desk.busy for desk in self._desks.values())

    @property
    def reads(self) -> frozenset[Path]:
        """The files that pages have read, those that failed too."""
        return frozenset(file for desk in self._desks.values() for file in desk.reads)

    def runs(self, path: str) -> bool:
        """Whether a page runs, or waits to."""
        return path in self._waiting or (path in self._desks and self._desks[path].busy)

    def outdated(self, path: str) -> bool:
        """Whether a file that a page has read is not as it was any more."""
        return path in self._desks and self._desks[path].outdated

    def aim(self, project: Project, plan: Plan) -> Iterator[LiveEvent | Rerun]:
        """Have a page run as it is now, at once or when others have ended.

        Args:
            project: Its project.
            plan: The page.

        Raises:
            ConfigError: Pages cannot start.
        """
        self._waiting.pop(plan.path, None)
        running = [path for path, desk in self._desks.items() if desk.busy]
        if plan.path not in running and len(running) >= limits_of(project.config).workers:
            self._waiting[plan.path] = project, plan
            return
        desk = self._desks[plan.path] = (
            self._desks.pop(plan.path) if plan.path in self._desks else Desk()
        )
        yield from desk.aim(project, plan)

    def news(self) -> Iterator[LiveEvent | Rerun]:
        """What has happened since the last call."""
        for desk in tuple(self._desks.values()):
            yield from desk.news()
        for path in tuple(self._waiting):
            yield from self.aim(*self._waiting[path])

    def thin(self, config: Config) -> None:
        """Let go of the checkpoints that are too many, or take too much memory."""
        there = {process for desk in self._desks.values() for process in desk.checkpoints.values()}
        known = self._sizes  # a checkpoint is measured once: it changes little
        self._sizes = {process: known.get(process) or share(process) for process in there}
        pages = [
            [Kept(path, at, self._sizes[process]) for at, process in desk.checkpoints.items()]
            for path, desk in self._desks.items()
        ]
        for kept in surplus(pages, config.checkpoints, config.checkpoint_megabytes * 10**6):
            self._desks[kept.page].drop(kept.index)

    def close(self, path: str = "") -> None:
        """End a page; by default, all."""
        for each in [path] if path else [*self._desks]:
            self._waiting.pop(each, None)
            if desk := self._desks.pop(each, None):
                desk.close()
