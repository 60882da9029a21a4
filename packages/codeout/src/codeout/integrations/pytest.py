"""The pytest plugin: ``pytest --codeblocks`` checks pages the way ``codeout check`` does.

It extends pytest-codeblocks. Configured pages are collected here, a test a block; they run ahead
in the pool while pytest goes through the tests. Every other file is left to pytest-codeblocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from codeout.engine.plan import Plan
from codeout.engine.project import Project
from codeout.errors import CodeoutError
from codeout.run.job import Isolation
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from codeout.engine.update import Update
    from codeout.errors import Problem
    from codeout.run.events import Event

_PROJECT = pytest.StashKey[Project]()
_PLANS = pytest.StashKey[dict["Path", Plan]]()
_RUNS = pytest.StashKey["_Runs"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that lets pages use the network."""
    group = parser.getgroup("codeout")
    group.addoption("--codeblocks-online", action="store_true", help="let pages use the network")


def pytest_configure(config: pytest.Config) -> None:
    """Open the project, if ``--codeblocks`` was given and there is one."""
    if not config.getoption("codeblocks", default=False):
        return
    try:
        project = Project.open(config.rootpath)
        plans = project.plans() if project.config.pages else ()
    except CodeoutError as error:
        raise pytest.UsageError(f"codeout: {error}") from error
    config.stash[_PROJECT] = project
    config.stash[_PLANS] = {plan.file.resolve(): plan for plan in plans}


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[Any], list[Any]]:
    """Collect a configured page here, and nowhere else."""
    collected = yield
    plan = parent.config.stash.get(_PLANS, {}).get(file_path.resolve())
    if plan is None:
        return collected
    return [PageFile.from_parent(parent, path=file_path, plan=plan)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare to run the pages of the collected blocks; the first test starts them."""
    wanted = {item.plan.path: item.plan for item in session.items if isinstance(item, BlockItem)}
    if wanted and not session.config.option.collectonly:
        offline = not session.config.getoption("codeblocks_online")
        isolation = Isolation(offline, option="--codeblocks-online")
        runs = _Runs(session.config.stash[_PROJECT], tuple(wanted.values()), isolation)
        session.config.stash[_RUNS] = runs


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what still runs."""
    if (runs := config.stash.get(_RUNS, None)) is not None:
        runs.close()


class PageFile(pytest.File):
    """A page; its blocks share one session."""

    def __init__(self, *, plan: Plan, **options: Any) -> None:
        super().__init__(**options)
        self._plan = plan

    def collect(self) -> Iterable[BlockItem]:
        """One test a block that runs, and one for the page where that cannot be run."""
        tests = [(block.title, block.line) for block in self._plan.running]
        for name, line in tests or ([("page", 0)] if self._plan.problems else []):
            yield BlockItem.from_parent(self, name=name, plan=self._plan, line=line)


class BlockItem(pytest.Item):
    """A block of a page: it runs without a problem, and prints what the page shows."""

    def __init__(self, *, plan: Plan, line: int, **options: Any) -> None:
        super().__init__(**options)
        self.plan = plan
        self._line = line

    def runtest(self) -> None:
        """Wait for the page, then tell what is wrong with this block.

        Raises:
            Untrue: The block failed, or the page shows what it did not print.
        """
        by_line = self.config.stash[_RUNS].problems(self.plan.path)
        if problems := [each for line in {self._line, 0} for each in by_line.get(line, ())]:
            raise Untrue(problems)
        if self.config.stash[_RUNS].failed(self.plan.path):
            lines = ", ".join(f"line {line}" for line, problems in by_line.items() if problems)
            pytest.skip(f"not compared: the page failed at {lines}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> Any:
        """The problems as ``codeout check`` tells them."""
        if isinstance(excinfo.value, Untrue):
            return "\n\n".join(map(str, excinfo.value.problems))
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the block stands."""
        return self.path, max(0, self._line - 1), escape_line(f"{self.plan.path}, {self.name}")


class Untrue(Exception):  # noqa: N818
    """A block failed, or a page shows what its block did not print."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


class _Runs:
    """The pages that run in the pool, and what came of them."""

    def __init__(self, project: Project, plans: tuple[Plan, ...], isolation: Isolation) -> None:
        self._events: Iterator[Event | Update] = project.execute(plans, isolation=isolation)
        self._updates: dict[str, Update] = {}

    def problems(self, path: str) -> Mapping[int, Sequence[Problem]]:
        """What is wrong with a page, by the line of a block; waits until it has run."""
        return self._update(path).problems_by_block()

    def failed(self, path: str) -> bool:
        """Whether a page did not run well to its end, so that nothing on it was compared."""
        return bool(self._update(path).problems)

    def close(self) -> None:
        """Stop what still runs."""
        if hasattr(self._events, "close"):
            self._events.close()

    def _update(self, path: str) -> Update:
        from codeout.engine.update import Update

        while path not in self._updates:
            event = next(self._events, None)
            if event is None:
                raise CodeoutError("the run of the pages ended early; the first failure says why")
            if isinstance(event, Update):
                self._updates[event.plan.path] = event
        return self._updates[path]
