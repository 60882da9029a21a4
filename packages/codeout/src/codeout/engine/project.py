"""A folder of pages with its settings and its lock: what every adapter works with."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.config.settings import Config, find_config
from codeout.engine.discovery import assets_of, find_pages
from codeout.engine.plan import Plan, plan_page
from codeout.errors import ConfigError, display_path
from codeout.fs.atomic import leads_out, remove_leftovers
from codeout.fs.flock import exclusive
from codeout.lock.lockfile import Lock
from codeout.output.coverage import Coverage, coverage_of
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.data.assets import Fetched
    from codeout.engine.update import Update
    from codeout.errors import Problem
    from codeout.lock.record import Record
    from codeout.run.events import Event


@dataclass(frozen=True, slots=True)
class Status:
    """One page's standing, seen without running it.

    Attributes:
        path: The page.
        blocks: How many blocks of it run.
        problems: Why it cannot run.
        reasons: Why it is stale; none if its outputs are as recorded.
        record: What is remembered of its last run.
        coverage: How many lines of its outputs are compared.
    """

    path: str
    blocks: int
    problems: tuple[Problem, ...]
    reasons: tuple[str, ...]
    record: Record | None
    coverage: Coverage = Coverage()

    @property
    def fresh(self) -> bool:
        """Whether the page can be shown as it is."""
        return not self.problems and not self.reasons


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of pages.

    Attributes:
        config: Its settings.
        lock: What is remembered of its pages.
    """

    config: Config
    lock: Lock

    @classmethod
    def open(cls, folder: Path | None = None, config: Config | None = None) -> Project:
        """The project that a folder belongs to; without a configuration, the folder itself.

        Args:
            folder: The current one by default.
            config: The settings of the project, if they have just been read; they are not read
                again, and the folder does not matter.

        Raises:
            ConfigError: The configuration or the lock cannot be used.
        """
        config = config or _settings_of(folder)
        lock = config.root / config.lock if config.lock else None
        if lock and leads_out(lock, config.root):
            message = f"{display_path(lock)}: leads out of the project"
            raise ConfigError(message, "put a file in the place of the link")
        return cls(config, Lock.read(lock))

    @classmethod
    @contextlib.contextmanager
    def alone(
        cls,
        wait: Callable[[Path], None],
        folder: Path | None = None,
        config: Config | None = None,
    ) -> Iterator[Project]:
        """Open the project for one run alone: other runs wait until the context ends.

        The settings are read once, and again only after a wait, as they may have changed by then.

        Args:
            wait: Called with the project's root before waiting for the end of another run.
            folder: See ``open``.
            config: See ``open``.

        Raises:
            ConfigError: The configuration or the lock cannot be used.
        """
        config = config or _settings_of(folder)
        current = True

        def wait_for_other(root: Path) -> None:
            nonlocal current
            current = False
            wait(root)

        with exclusive(config.root, wait_for_other):
            yield cls.open(folder, config if current else None)

    def plans(self, paths: Sequence[Path] = ()) -> tuple[Plan, ...]:
        """The pages at some paths, or all of the project's, read and taken apart.

        Raises:
            ConfigError: A path is not there, or there are no pages to name.
        """
        here = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100  # links stay links
        return tuple(plan_page(self.config, file) for file in find_pages(self.config, here))

    def status(self, plan: Plan) -> Status:
        """Whether a page is fresh, and if not, why. Nothing runs, and nothing is imported."""
        reasons = plan.reasons(self.lock)
        record = self.lock.get(plan.path)
        coverage = coverage_of(plan.page, plan.shown)
        return Status(plan.path, len(plan.cells), plan.problems, reasons, record, coverage)

    def execute(
        self, plans: Sequence[Plan], workers: int = 0, isolation: Isolation = Isolation()
    ) -> Iterator[Event | Update]:
        """Run pages side by side; see ``codeout.engine.execute.execute``."""
        from codeout.engine.execute import execute

        return execute(self.config, plans, self.lock, workers, isolation)

    def write(self, update: Update) -> tuple[Problem, ...]:
        """Write what a run made of a page, or tell why not; see ``codeout.engine.commit.write``."""
        from codeout.engine.commit import write

        return write(update, self.lock)

    def forget(self, plan: Plan) -> None:
        """Remove the record of a page that failed, so that it stays stale until it is mended."""
        self.lock.forget(plan.path)
        self.lock.write()

    def forget_all_but(self, plans: Sequence[Plan]) -> None:
        """Remove the records of pages that are no more, or have nothing to run any more."""
        self.lock.keep_only(plan.path for plan in plans if plan.cells or plan.problems)
        self.lock.write()

    def clear_up(self, plans: Sequence[Plan]) -> None:
        """Remove what a run that was killed left beside some pages, their figures and the lock."""
        from codeout.output.figures import folder_of

        folders = {folder_of(plan.path, plan.file, self.config) for plan in plans}
        folders |= {plan.file.parent for plan in plans}
        remove_leftovers({*folders, (self.config.root / self.config.lock).parent})

    def stand_ins(self, plans: Sequence[Plan]) -> tuple[Fetched, ...]:
        """The data files of some pages that are not the true ones on this machine."""
        if not self.config.assets:
            return ()
        from codeout.data.cache import cache_folder, locate

        running = (plan for plan in plans if plan.cells)
        assets = (asset for plan in running for asset in assets_of(self.config, plan.path))
        wanted = dict.fromkeys(assets)
        found = (locate(asset, cache_folder(), self.config.root) for asset in wanted)
        return tuple(file for file in found if file is not None and file.stand_in)


def _settings_of(folder: Path | None) -> Config:
    return find_config((folder or Path.cwd()).absolute())
