"""The author's loop: what is saved is planned, run as far as it has to be, and written."""

from __future__ import annotations

from multiprocessing import connection
from typing import TYPE_CHECKING, Final

from codeout.engine.plan import plan_page
from codeout.errors import CodeoutError, ConfigError, place
from codeout.watch.dependencies import files_of, folders_of, matters
from codeout.watch.events import Dealt, Gone, Refused, Told, Watching
from codeout.watch.fs_events import Saves
from codeout.watch.page_runner import Rerun
from codeout.watch.project_lease import Hold
from codeout.watch.scheduler import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.lock.record import Inputs
    from codeout.run.events import LiveEvent

_GLANCE_SECONDS: Final = 0.2


class Watch:
    """Watches pages of a project, and what they are made of.

    Args:
        folder: Of the project.
        paths: Pages and folders, all of whose pages run at first; none means all pages of the
            project, of which the stale ones do.
        wait: Told of the project's root where another run has to end first.

    Raises:
        ConfigError: The settings cannot be used, or there are no pages to name.
    """

    def __init__(self, folder: Path, paths: Sequence[Path], wait: Callable[[Path], None]) -> None:
        self._paths = paths
        self._hold = Hold(folder, wait)
        self._first = self._project.config
        self._plans = {plan.file: plan for plan in self._project.plans(paths)}
        self._left: dict[Path, tuple[bytes, Inputs]] = {}  # how pages were left, if not fresh
        self._refused: tuple[str, ...] = ()  # why not all can be read, if so
        self._workshop = Workshop()

    @property
    def _project(self) -> Project:
        return self._hold.project

    @property
    def root(self) -> Path:
        """The project's root."""
        return self._first.root

    def plan(self, path: str) -> Plan:
        """A page as it was last read."""
        return next(plan for plan in self._plans.values() if plan.path == path)

    def events(self, check: Callable[[], None] = lambda: None) -> Iterator[Told]:
        """Watch until the iterator is closed; what runs then is ended.

        Args:
            check: Called again and again; an exception ends the watch.

        Raises:
            ConfigError: The settings have changed in a way that asks for a new watch.
        """
        saves = Saves(self._folders())
        try:
            yield Watching(len(self._plans))
            yield from self._aim(self._plans.values(), every=bool(self._paths))
            while True:
                check()
                connection.wait([saves.connection, *self._workshop.things], _GLANCE_SECONDS)
                if changed := self._what_matters(saves.take()):
                    yield from self._look(changed)
                for event in self._workshop.news():
                    yield from self._deal(event)
                    changed |= {event.update.plan.file} if isinstance(event, Rerun) else set()
                while not saves.current or (changed and self._folders() != saves.folders):
                    saves.close()
                    saves = Saves(self._folders())
                    changed = {self._first.root}  # of all that happened meanwhile
                    yield from self._look(changed)
                self._rest()
        finally:
            saves.close()
            self._workshop.close()
            self._hold.let_go()

    def _files(self) -> frozenset[Path]:
        return files_of(self._plans.values(), self._project.lock) | self._workshop.reads

    def _folders(self) -> frozenset[Path]:
        plans = self._plans.values()
        return folders_of(self._project.config, self._paths, plans, self._files())

    @property
    def _lock(self) -> Path:
        """The lock's file, which is the watch's own, and matters only to mend it."""
        return self._project.config.root / self._project.config.lock

    def _what_matters(self, changed: set[Path]) -> set[Path]:
        files = self._files() if changed else ()
        known = {*self._plans, *([self._lock] if self._refused else ())}
        return {
            path for path in changed if path in known or matters(path, files, self._project.config)
        }

    def _look(self, changed: set[Path]) -> Iterator[Told]:
        """Read again what has changed, and run what it asks for."""
        yield from self._let_go()
        try:
            self._hold.read_again()
        except CodeoutError as error:
            if changed - {self._first.root, self._lock}:
                self._refused = ()  # each save that does nothing is told of
            yield from self._refuse(error)
            return
        self._refuse_another_server()
        try:
            plans = self._find(changed)
        except CodeoutError as error:  # what is gone may come back, and the others are there
            yield from self._refuse(error)
            plans = self._read(file for file in self._plans if file.is_file())
        self._plans |= {plan.file: plan for plan in plans}
        yield from self._aim(plans)

    def _refuse(self, error: CodeoutError) -> Iterator[Refused]:
        if error.args != self._refused:
            yield Refused(error)
        self._refused = error.args

    def _find(self, changed: set[Path]) -> tuple[Plan, ...]:
        """The pages to look at: those that changed, or all where anything else has."""
        if not self._refused and all(path in self._plans and path.is_file() for path in changed):
            return self._read(changed)
        plans = self._project.plans(self._paths)
        for file in self._plans.keys() - {plan.file for plan in plans}:
            self._workshop.close(self._plans.pop(file).path)
        self._refused = ()
        return plans

    def _let_go(self) -> Iterator[Gone]:
        """Be done with pages that are not there, be it for good or for a while."""
        for file, plan in self._plans.items():
            if not file.is_file():
                self._left.pop(file, None)
                if self._workshop.runs(plan.path):
                    yield Gone(plan.path)
                self._workshop.close(plan.path)

    def _read(self, files: Iterable[Path]) -> tuple[Plan, ...]:
        return tuple(plan_page(self._project.config, file) for file in files)

    def _refuse_another_server(self) -> None:
        now = self._project.config
        if (now.preload, now.environment) != (self._first.preload, self._first.environment):
            where = place(now.root / "pyproject.toml")
            message = f"{where}: `preload` or `environment` in [tool.codeout] changed"
            raise ConfigError(message, "start `codeout watch` again")

    def _aim(self, plans: Iterable[Plan], *, every: bool = False) -> Iterator[Told]:
        """Have pages run that are stale, or run already and may be out of date."""
        for plan in plans:
            fresh = self._project.status(plan).fresh
            if fresh:
                self._left.pop(plan.file, None)
            new = (plan.source, plan.inputs) != self._left.get(plan.file)
            again = new or self._workshop.outdated(plan.path)
            wanted = not fresh or (every and plan.cells)
            if self._workshop.runs(plan.path) or (wanted and again):
                self._hold.take()
                for event in self._workshop.aim(self._project, plan):
                    yield from self._deal(event)

    def _deal(self, event: LiveEvent | Rerun) -> Iterator[Told]:
        """Write what came of a change, unless the page has changed again meanwhile."""
        if not isinstance(event, Rerun):
            yield event
            return
        update = event.update
        if _is_out_of_date(update.plan):
            return
        problems = update.problems or self._project.write(update)
        if problems and _is_out_of_date(update.plan):  # saved just then
            return
        source = update.plan.source if problems else update.after
        self._left[update.plan.file] = source, update.plan.inputs
        if update.problems:
            self._project.forget(update.plan)
        yield Dealt(event, problems)

    def _rest(self) -> None:
        if self._hold.taken and not self._workshop.busy:
            self._workshop.thin(self._project.config)
            self._hold.let_go()


def _is_out_of_date(plan: Plan) -> bool:
    """Whether a page has changed again, or is gone: what came of it is of no use then."""
    try:
        return plan.file.read_bytes() != plan.source
    except FileNotFoundError:
        return True
    except OSError:
        return bool(plan.source)  # or it could not be read before, which is to be told
