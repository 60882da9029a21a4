"""The loop of a watch: saved pages are read again, rerun as far as needed, and written."""

from __future__ import annotations

from multiprocessing import connection
from typing import TYPE_CHECKING, Final

from codeout.engine.planning import plan_page
from codeout.errors import CodeoutError, ConfigError, display_path
from codeout.watch.beside import NOTHING
from codeout.watch.dependencies import AllDependencies, Dependencies, files_of, folders_of, matters
from codeout.watch.events import ConfigRejected, PageRemoved, WatchEvent, Watching
from codeout.watch.fs_events import FolderWatcher
from codeout.watch.half_saved import HalfSaved
from codeout.watch.project_lease import ProjectLease
from codeout.watch.rerun import Rerun
from codeout.watch.results import holds, write_result
from codeout.watch.scheduler import Scheduler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.lock.record import Inputs
    from codeout.run.events import LiveEvent
    from codeout.watch.beside import Beside

_POLL_SECONDS: Final = 0.2


class Watch:
    """Watches pages of a project and the files that they depend on.

    Args:
        folder: The project's folder or one below it.
        paths: Pages, or folders of pages, that all run at first; empty for all pages of the
            project, of which only the stale ones run at first.
        wait: Called with the project's root if another run has to end first.

    Raises:
        ConfigError: The settings cannot be used, or there are no pages to name.
    """

    def __init__(self, folder: Path, paths: Sequence[Path], wait: Callable[[Path], None]) -> None:
        self._paths = paths
        self._lease = ProjectLease(folder, wait)
        self._first = self._project.config
        self._plans = {plan.file: plan for plan in self._project.plans(paths)}
        self._settled: dict[Path, tuple[bytes, Inputs]] = {}  # how stale pages were left
        self._written: dict[Path, bytes] = {}  # pages as this watch wrote them: no edit
        self._rejected: tuple[str, ...] = ()  # the last error of reloading
        self._half_saved = HalfSaved()
        self._dependencies = AllDependencies()
        self._scheduler = Scheduler()
        self._beside: Beside = NOTHING

    @property
    def _project(self) -> Project:
        return self._lease.project

    @property
    def config(self) -> Config:
        """The settings as they were at first."""
        return self._first

    def plan(self, path: str) -> Plan:
        """Return a page as it was last read."""
        return next(plan for plan in self._plans.values() if plan.path == path)

    def events(self, beside: Beside = NOTHING) -> Iterator[WatchEvent]:
        """Watch until the iterator is closed, which stops whatever runs.

        Args:
            beside: What goes on beside it.

        Raises:
            ConfigError: A changed setting takes effect only in a new watch.
        """
        self._beside = beside
        watcher = FolderWatcher(self._folders())
        try:
            yield Watching(len(self._plans))
            yield from self._schedule(self._plans.values(), every=bool(self._paths))
            while True:
                connection.wait([watcher.connection, *self._scheduler.waitables], _POLL_SECONDS)
                seen = self._half_saved.changes(watcher.changes(), self._plans)
                if changed := self._relevant(seen):
                    yield from self._reload(changed)
                for event in self._scheduler.poll():
                    yield from self._settle(event)
                    changed |= {event.update.plan.file} if isinstance(event, Rerun) else set()
                while not watcher.up_to_date or (changed and self._folders() != watcher.folders):
                    watcher.close()
                    watcher = FolderWatcher(self._folders())
                    changed = {self._first.root}  # anything may have changed in between
                    yield from self._reload(changed)
                self._release_if_idle()
                idle = not self._scheduler.busy
                beside.turn(self._has_read, changed=bool(seen or changed), idle=idle)
        finally:
            watcher.close()
            self._scheduler.close()
            self._lease.release()

    def _pages(self) -> tuple[Dependencies, ...]:
        return self._dependencies.of(self._plans.values(), self._project.lock)

    def _folders(self) -> frozenset[Path]:
        pages = self._pages()
        others = self._scheduler.inputs - files_of(pages)
        found = folders_of(self._project.config, self._paths, pages, others)
        return found | self._beside.folders()

    @property
    def _lock(self) -> Path:
        """The lock file: the watch writes it itself, so changes count only if it was broken."""
        return self._project.config.root / self._project.config.lock

    def _relevant(self, changed: set[Path]) -> set[Path]:
        changed = {path for path in changed if not self._is_own_write(path)}
        files = files_of(self._pages()) | self._scheduler.inputs if changed else ()
        known = {*self._plans, *([self._lock] if self._rejected else ())}
        return {
            path for path in changed if path in known or matters(path, files, self._project.config)
        }

    def _reload(self, changed: set[Path]) -> Iterator[WatchEvent]:
        """Read the project and the changed pages again, and schedule what has to run."""
        yield from self._discard_removed()
        try:
            self._lease.reload()
        except CodeoutError as error:
            if changed - {self._first.root, self._lock}:
                self._rejected = ()  # report the error again at each save
            yield from self._reject(error)
            return
        self._reject_other_server()
        try:
            plans = self._read_changed(changed)
        except CodeoutError as error:  # a missing page may come back; the others still run
            yield from self._reject(error)
            plans = self._read(file for file in self._plans if file.is_file())
        yield from self._schedule(plans)

    def _reject(self, error: CodeoutError) -> Iterator[ConfigRejected]:
        if error.args != self._rejected:
            yield ConfigRejected(error)
        self._rejected = error.args

    def _read_changed(self, changed: set[Path]) -> tuple[Plan, ...]:
        """Read the pages that changed, or all pages if anything else changed."""
        if not self._rejected and all(path in self._plans and path.is_file() for path in changed):
            return self._read(changed)
        plans = self._project.plans(self._paths)
        for file in self._plans.keys() - {plan.file for plan in plans}:
            self._scheduler.discard(self._plans.pop(file).path)
        self._rejected = ()
        return plans

    def _discard_removed(self) -> Iterator[PageRemoved]:
        """End the runs of pages whose files are missing, maybe only for a while."""
        for file, plan in self._plans.items():
            if not file.is_file():
                self._settled.pop(file, None)
                if self._scheduler.is_running(plan.path):
                    yield PageRemoved(plan.path)
                self._scheduler.discard(plan.path)

    def _read(self, files: Iterable[Path]) -> tuple[Plan, ...]:
        return tuple(plan_page(self._project.config, file) for file in files)

    def _reject_other_server(self) -> None:
        now = self._project.config
        if (now.preload, now.environment) != (self._first.preload, self._first.environment):
            where = display_path(now.root / "pyproject.toml")
            message = f"{where}: `preload` or `environment` in [tool.codeout] changed"
            raise ConfigError(message, "start `codeout watch` again")

    def _schedule(self, plans: Iterable[Plan], *, every: bool = False) -> Iterator[WatchEvent]:
        """Run pages that are stale, and bring those up to date that already run."""
        plans = tuple(plans)
        self._plans |= {plan.file: plan for plan in plans}
        for plan in plans:
            fresh = self._project.status(plan).fresh
            if fresh:
                self._settled.pop(plan.file, None)
            new = (plan.source, plan.inputs) != self._settled.get(plan.file)
            again = new or self._scheduler.is_outdated(plan.path)
            wanted = not fresh or (every and plan.cells)
            if self._scheduler.is_running(plan.path) or (wanted and again):
                self._lease.acquire()
                for event in self._scheduler.schedule(self._project, plan):
                    yield from self._settle(event)

    def _settle(self, event: LiveEvent | Rerun) -> Iterator[WatchEvent]:
        """Write the result of a rerun, unless the page has changed again meanwhile."""
        if not isinstance(event, Rerun):
            yield event
            return
        settled = write_result(self._project, event)
        if settled is None:
            return
        plan = event.update.plan
        self._settled[plan.file] = settled.source, plan.inputs
        after: tuple[Plan, ...] = ()
        if settled.source != plan.source:
            self._written[plan.file] = settled.source
            after = self._read([plan.file])  # before anybody hears of it and saves again
        yield settled
        yield from self._schedule(after)

    def _has_read(self, file: Path) -> bool:
        """Whether a file was read as it is now, if it is a page; see ``Beside``."""
        plan = self._plans.get(file)
        return plan is None or bool(self._rejected) or holds(file, plan.source)

    def _is_own_write(self, file: Path) -> bool:
        """Whether a changed file is as the watch wrote it; true once for each write."""
        written = self._written.pop(file, None)
        return written is not None and holds(file, written)

    def _release_if_idle(self) -> None:
        if self._lease.held and not self._scheduler.busy:
            self._scheduler.evict(self._project.config)
            self._lease.release()
