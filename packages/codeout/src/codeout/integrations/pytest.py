"""The pytest plugin: ``pytest --codeblocks`` checks pages as ``codeout check`` does.

It extends pytest-codeblocks. Configured pages are collected here, with a test for each block; they
run in the pool while pytest goes through the tests. All other files are left to pytest-codeblocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from codeout.engine.annotation import annotation, on_github
from codeout.engine.outcome_of import outcome_of
from codeout.engine.plan import Plan
from codeout.engine.project import Project
from codeout.errors import CodeoutError
from codeout.formats import format_of
from codeout.integrations.pytest_runs import PageRuns
from codeout.run.job import Isolation
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    from codeout.errors import Problem

_PROJECT = pytest.StashKey[Project]()
_PLANS = pytest.StashKey[dict["Path", Plan]]()
_RUNS = pytest.StashKey[PageRuns]()
_ANNOTATION: Final = "codeout"
"""The property of a report with what GitHub reads; a worker of xdist passes it on."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that lets pages use the network."""
    group = parser.getgroup("codeout")
    group.addoption("--codeblocks-online", action="store_true", help="let pages use the network")


def pytest_configure(config: pytest.Config) -> None:
    """Open the project and read its pages, if ``--codeblocks`` was given."""
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
    """Collect a configured page in place of what other plugins collect from its text."""
    collected = yield
    plan = parent.config.stash.get(_PLANS, {}).get(file_path.resolve())
    if plan is None:
        return collected
    others = collected if format_of(plan.path).imported else []  # a module may hold tests, too
    return [*others, PageFile.from_parent(parent, path=file_path, plan=plan)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare the run of the pages of the collected blocks; the first test starts it."""
    wanted = {item.plan.path: item.plan for item in session.items if isinstance(item, BlockItem)}
    if wanted and not session.config.option.collectonly:
        offline = not session.config.getoption("codeblocks_online")
        isolation = Isolation(offline, option="--codeblocks-online")
        together = not hasattr(session.config, "workerinput")  # a worker of xdist gets some tests
        pages = tuple(wanted.values())
        runs = PageRuns(session.config.stash[_PROJECT], pages, isolation, together=together)
        session.config.stash[_RUNS] = runs


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what of the collected pages was not compared and what did not run, and annotate lines."""
    from codeout.engine.summary import covered, gap_notes

    for report in terminalreporter.stats.get("failed", ()):
        for name, text in report.user_properties:
            if name == _ANNOTATION:
                terminalreporter.write_line(text)
    if not (plans := _tested(terminalreporter, config)):
        return
    outcomes = [outcome_of(plan) for plan in plans]
    terminalreporter.section("pages", sep="-")
    for note in (note for outcome in outcomes for note in gap_notes(outcome)):
        terminalreporter.line(str(note))
    terminalreporter.line(covered(outcomes))


def _tested(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> Sequence[Plan]:
    """The pages with tests; with xdist, those of which its workers have reported."""
    if (runs := config.stash.get(_RUNS, None)) is not None:
        return runs.plans
    reports = (each for found in terminalreporter.stats.values() for each in found)
    names = {str(getattr(each, "nodeid", "")).partition("::")[0] for each in reports}
    files = {(config.rootpath / name).resolve() for name in names if name}
    return [plan for file, plan in config.stash.get(_PLANS, {}).items() if file in files]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the pages that still run."""
    if (runs := config.stash.get(_RUNS, None)) is not None:
        runs.close()


class PageFile(pytest.File):
    """A page; its blocks share one session."""

    def __init__(self, *, plan: Plan, **options: Any) -> None:
        super().__init__(**options)
        self._plan = plan

    def collect(self) -> Iterable[BlockItem]:
        """Yield a test for each block that runs, or one for a page that cannot or does not run."""
        plan, lock = self._plan, self.config.stash[_PROJECT].lock
        tests = [(block.title, at) for at, block in enumerate(plan.running)]
        lost = plan.lost(lock.get(plan.path))
        if not tests and (plan.problems or lost or outcome_of(plan).gaps):
            tests = [("page", -1)]
        for name, at in tests:
            yield BlockItem.from_parent(self, name=name, plan=self._plan, block=at)


class BlockItem(pytest.Item):
    """A test of a block: it runs without a problem, and its output is what the page shows."""

    def __init__(self, *, plan: Plan, block: int, **options: Any) -> None:
        super().__init__(**options)
        self.plan = plan
        self._block = block

    def runtest(self) -> None:
        """Wait until the page has run, then report the problems of this block.

        Raises:
            Untrue: The block failed, or its output is not what the page shows.
        """
        by_block = self.config.stash[_RUNS].problems(self.plan.path)
        if problems := [each for at in {self._block, -1} for each in by_block.get(at, ())]:
            self._annotate(problems)
            raise Untrue(problems)
        if self.config.stash[_RUNS].failed(self.plan.path):
            failed = (self.plan.running[at].title for at, found in by_block.items() if found)
            pytest.skip(f"not compared: the page failed at {', '.join(failed)}")
        if not self.plan.cells:
            pytest.skip("nothing on the page runs")

    def _annotate(self, problems: Iterable[Problem]) -> None:
        if on_github():
            found = ((_ANNOTATION, annotation(each).rstrip()) for each in problems)
            self.user_properties += found

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> Any:
        """The problems as ``codeout check`` prints them."""
        if isinstance(excinfo.value, Untrue):
            return "\n\n".join(map(str, excinfo.value.problems))
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, the line (from 0) and the name of the block."""
        line = self.plan.running[self._block].line if self._block >= 0 else 1
        return self.path, line - 1, escape_line(f"{self.plan.path}, {self.name}")


class Untrue(Exception):  # noqa: N818
    """A block failed, or its output is not what the page shows."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)
