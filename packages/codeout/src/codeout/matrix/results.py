"""The results of the matrix: environments by pages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.engine.dispatch import limits_of
from codeout.engine.verdict import DIFFERS, FAILS, NOT_CHECKED, NOT_INSTALLABLE
from codeout.errors import ConfigError, Problem
from codeout.fs.cache_folder import cache_folder
from codeout.fs.flock import exclusive
from codeout.matrix import keeping
from codeout.matrix.capacity import Capacity
from codeout.matrix.checking import (
    CheckFailedError,
    check,
    not_checked,
    not_installable,
    version_there,
)
from codeout.matrix.installing import NotInstallableError, digest_of, python_in
from codeout.matrix.side_by_side import CheckEnded, CheckTask, SideBySide
from codeout.page.version_range import holds, read_range
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence
    from pathlib import Path

    from codeout.config.matrix import Environment
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.lock.tested import Tested
    from codeout.matrix.checking import Checked


@dataclass(frozen=True, slots=True)
class Column:
    """What all pages give in one environment.

    Attributes:
        name: Of the environment.
        pages: What each page gave, by its name.
        missing: Why no page was checked there; empty if they were.
        problems: Why outputs that differ there could not be kept.
    """

    name: str
    pages: Mapping[str, Tested] = field(default_factory=dict)
    missing: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether pages were checked there, and none differs or fails."""
        results = {tested.result for tested in self.pages.values()}
        return not results & {DIFFERS, FAILS, NOT_CHECKED, NOT_INSTALLABLE}


def columns(  # noqa: PLR0913  # what the command says
    project: Project,
    plans: Mapping[str, Plan],
    environments: Sequence[Environment],
    wait: Callable[[Path], None],
    *,
    jobs: int = 0,
    keep: bool = False,
    versions: str = "",
) -> Generator[Column]:
    """Check pages in environments, side by side as far as there is room.

    Args:
        project: Their project.
        plans: The pages, by their names.
        environments: The environments.
        wait: Called with the folder of all environments, before a wait for another matrix.
        jobs: How many pages run at the same time, in all environments together; 0 means as
            configured.
        keep: Whether environments stay in the cache folder.
        versions: The range as whose outputs those that differ are written; empty to write none.

    Yields:
        The columns, each when its pages have been checked.

    Raises:
        ConfigError: There is no uv, a file of requirements is not there, or the range does not
            hold what is installed in an environment.
    """
    root = project.config.root
    above = cache_folder() / "matrix"
    above.mkdir(parents=True, exist_ok=True)
    tasks = [CheckTask(each, above / digest_of(each, root), [*plans]) for each in environments]
    workers = limits_of(project.config, jobs).workers
    at_once = min(workers, len(tasks))
    with exclusive(above, wait), Capacity(above) as capacity:
        checks = SideBySide(root, capacity, at_once=at_once, jobs=workers // at_once, keep=keep)
        with closing(checks.run(tasks)) as running:
            for ended in running:
                yield _column(project, plans, ended, versions)


def _column(
    project: Project, plans: Mapping[str, Plan], ended: CheckEnded, versions: str
) -> Column:
    name, folder = ended.task.environment.name, ended.task.folder
    match ended.error:
        case NotInstallableError(message=message):
            return Column(name, not_installable([*plans], folder.name), message)
        case CheckFailedError(message=message):
            return Column(name, not_checked([*plans], folder.name), message)
    checked: Mapping[str, Checked] = ended.task.checked
    problems: tuple[Problem, ...] = ()
    if versions:
        checked, problems = _write(project, plans, ended.task, versions)
    return Column(name, {page: it.tested for page, it in checked.items()}, problems=problems)


def _write(
    project: Project, plans: Mapping[str, Plan], task: CheckTask, versions: str
) -> tuple[Mapping[str, Checked], tuple[Problem, ...]]:
    """Write the outputs that differ in an environment as those of a range.

    Returns:
        What all pages give there, those that were written checked again; and why others were not.
    """
    python = python_in(task.folder)
    _require_held(python, task.environment.name, versions)
    problems: list[Problem] = []
    written: list[str] = []
    for page, it in task.checked.items():
        if it.changed:
            why = _keep(project, plans[page], it, versions)
            problems += why
            written += [] if why else [page]
    again = check(python, project.config.root, written, task.folder.name) if written else {}
    return {**task.checked, **again}, tuple(problems)


def _require_held(python: Path, name: str, versions: str) -> None:
    """Refuse a range that does not hold in an environment: no run there would choose its outputs.

    Raises:
        ConfigError: It is not in the range, or the package is not there.
    """
    requirement = read_range(versions)
    package = requirement.name if requirement else ""
    version = version_there(python, package)
    if not holds(versions, lambda _: version):
        what = f"does not hold {package} {version}, which is" if version else "is of no package"
        message = f"--write: {escape_line(versions)} {what} in {escape_line(name)}"
        raise ConfigError(message, "write a range of what is installed there")


def _keep(project: Project, plan: Plan, checked: Checked, versions: str) -> tuple[Problem, ...]:
    """Write the outputs of an environment into a page; returns why that cannot be."""
    before = project.lock.get(plan.path)
    if before is None or plan.reasons(project.lock):
        return (Problem(plan.path, 0, "is stale, so nothing is kept on it", "run it first"),)
    update = keeping.keep(plan, project.config, before, checked.changed, versions)
    return update.problems or project.write(update)


def record(project: Project, plans: Mapping[str, Plan], column: Column) -> tuple[str, ...]:
    """Write what pages gave in an environment into their records, unless they were not checked.

    Args:
        project: Their project.
        plans: The pages, by their names.
        column: What they gave.

    Returns:
        The pages that are stale, of which nothing is recorded.

    Raises:
        CodeoutError: The lock cannot be written.
    """
    stale = []
    names = {environment.name for environment in project.config.matrix}
    for page, tested in column.pages.items():
        if tested.result == NOT_CHECKED:
            continue
        before = project.lock.get(page)
        plan = project.plan(plans[page].file)  # outputs may have been kept on it
        if before is None or plan.reasons(project.lock):
            stale += [page] if plan.blocks else []
            continue
        kept = {name: it for name, it in before.matrix.items() if name in names}
        project.lock.put(page, before.with_matrix({**kept, column.name: tested}))
    project.lock.write()
    return tuple(stale)
