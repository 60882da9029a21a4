"""A project: a folder of pages with its settings and its lock. Every adapter works with it."""

from __future__ import annotations

import contextlib
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.config.pyproject import find_config
from codeout.engine.discovery import find_pages
from codeout.engine.outcome_of import outcome_of
from codeout.engine.planning import pictures_of, plan_page
from codeout.engine.refusals import foreign_outputs
from codeout.engine.status import Status
from codeout.errors import ConfigError, display_path
from codeout.formats import parse
from codeout.fs.flock import exclusive
from codeout.fs.place import leads_out
from codeout.lock.lockfile import Lock
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.data.assets import Fetched
    from codeout.engine.gone_pages import GonePage
    from codeout.engine.page_file import PageFile
    from codeout.engine.plan import Plan
    from codeout.engine.planning import Parse
    from codeout.engine.update import Update
    from codeout.errors import Problem
    from codeout.run.events import Event


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of pages.

    Attributes:
        config: Its settings.
        lock: The records of its pages.
    """

    config: Config
    lock: Lock

    @classmethod
    def open(cls, folder: Path | None = None, config: Config | None = None) -> Project:
        """The project that a folder belongs to, or the folder itself if no settings are found.

        Args:
            folder: The current one by default.
            config: The settings of the project, if they have just been read; they are not read
                again, and the folder does not matter.

        Raises:
            ConfigError: The settings or the lock cannot be used.
        """
        config = config or _settings_of(folder)
        return cls(config, Lock.read(_lock_of(config), config.root))

    def reopened(self, config: Config) -> Project:
        """The project with settings that have just been read.

        Of a large lock, only what others have written since is read again.

        Raises:
            ConfigError: The lock cannot be used.
        """
        if _lock_of(config) != _lock_of(self.config):
            return Project.open(config=config)
        self.lock.refresh()
        return Project(config, self.lock)

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
            ConfigError: The settings or the lock cannot be used.
        """
        config = config or _settings_of(folder)
        current = True

        def wait_for_other(root: Path) -> None:
            nonlocal current
            current = False
            wait(root)

        with exclusive(config.root, wait_for_other):
            yield cls.open(folder, config if current else None)

    def files(self, paths: Sequence[Path] = ()) -> tuple[Path, ...]:
        """The files of pages, sorted.

        Args:
            paths: Files and folders, relative to the current folder; none means all pages of the
                project.

        Raises:
            ConfigError: A path does not exist, or there are no pages.
        """
        here = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100  # keeps links
        return find_pages(self.config, here)

    def plans(self, paths: Sequence[Path] = ()) -> tuple[Plan, ...]:
        """Read and parse pages; see ``files``."""
        return tuple(map(self.plan, self.files(paths)))

    def plan(self, file: Path, parse: Parse = parse) -> Plan:
        """Read and parse a page."""
        return plan_page(self.config, file, parse)

    def status(self, plan: Plan) -> Status:
        """Whether a page is fresh, and if not, why. No code of the page runs or is imported."""
        reasons = plan.reasons(self.lock)
        record = self.lock.get(plan.path)
        recorded = record is not None and record.outputs == plan.outputs
        foreign = () if recorded else foreign_outputs(plan, pictures_of(plan, self.config))
        return Status(plan.path, plan.problems, reasons, record, outcome_of(plan), foreign)

    def execute(  # noqa: PLR0913  # what one run is told
        self,
        plans: Sequence[Plan],
        workers: int = 0,
        isolation: Isolation = Isolation(),
        *,
        fail_fast: bool = False,
        longest: float = math.inf,
        cluster: str = "",
        warm: bool = False,
    ) -> Iterator[Event | Update]:
        """Run pages in parallel; see ``codeout.engine.execute.execute``."""
        from codeout.engine.execute import execute

        return execute(
            self.config,
            plans,
            self.lock,
            workers,
            isolation,
            fail_fast=fail_fast,
            longest=longest,
            cluster=cluster,
            warm=warm,
        )

    def write(self, update: Update) -> tuple[Problem, ...]:
        """Write an update; return why it was not written. See ``codeout.engine.commit.write``."""
        from codeout.engine.commit import write

        return write(update, self.lock)

    def cut_links(self, update: Update) -> tuple[Problem, ...]:
        """Which files have other names, to tell; see ``codeout.engine.hard_links.cut_links``."""
        from codeout.engine.hard_links import cut_links

        return cut_links(update)

    def forget(self, plan: Plan) -> None:
        """Remove the record of a page that failed, or that has nothing to run any more.

        Raises:
            CodeoutError: The lock cannot be written.
        """
        if self.lock.get(plan.path):
            self.lock.forget(plan.path)
            self.lock.write()

    def forget_all_but(self, pages: Sequence[PageFile]) -> None:
        """Remove the records of all other pages, but for those that ``remove_gone`` needs.

        Raises:
            CodeoutError: The lock cannot be written.
        """
        from codeout.engine.gone_pages import gone_with_figures

        gone = gone_with_figures(self.config, self.lock, pages)
        self.lock.keep_only([*(page.path for page in pages), *gone])
        self.lock.write()

    def gone(self, pages: Sequence[PageFile]) -> tuple[GonePage, ...]:
        """What is left of pages that are gone; see ``engine.gone_pages.find_gone``."""
        if {*self.lock} <= {page.path for page in pages}:
            return ()
        from codeout.engine.gone_pages import find_gone

        return find_gone(self.config, self.lock, pages)

    def remove_gone(self, pages: Sequence[PageFile]) -> tuple[GonePage, ...]:
        """Remove what is left of pages that are gone; see ``engine.gone_pages.remove_gone``.

        Raises:
            CodeoutError: The lock cannot be written.
        """
        from codeout.engine.gone_pages import remove_gone

        gone = remove_gone(self.config, self.lock, pages)
        self.lock.write()
        return gone

    def remove_unused_scripts(self) -> tuple[Path, ...]:
        """Remove the scripts of interactive figures that no figure loads; returns them."""
        from codeout.engine.unused_scripts import remove_unused_scripts

        return remove_unused_scripts(self.config)

    def clear_up(self, pages: Sequence[PageFile]) -> tuple[Path, ...]:
        """Remove temporary files of a killed run; see ``codeout.engine.clear_up.clear_up``."""
        from codeout.engine.clear_up import clear_up

        return clear_up(self.config, pages)

    def stand_ins(self, plans: Sequence[Plan]) -> tuple[Fetched, ...]:
        """The data files of some pages for which this machine has a stand-in, not the true file."""
        if not self.config.assets:
            return ()
        from codeout.engine.stand_ins import stand_ins

        return stand_ins(self.config, plans)


def _lock_of(config: Config) -> Path | None:
    lock = config.root / config.lock if config.lock else None
    if lock and leads_out(lock, config.root):
        message = f"{display_path(lock)}: leads out of the project"
        raise ConfigError(message, "put a file in the place of the link")
    return lock


def _settings_of(folder: Path | None) -> Config:
    return find_config((folder or Path.cwd()).absolute())
