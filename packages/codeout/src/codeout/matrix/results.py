"""The results of the matrix: environments by pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.engine.verdict import DIFFERS, FAILS, NOT_INSTALLABLE
from codeout.fs.cache_folder import cache_folder
from codeout.fs.flock import exclusive
from codeout.fs.rmtree import remove
from codeout.matrix.checking import check, not_installable
from codeout.matrix.installing import NotInstallableError, digest_of, install

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from codeout.config.matrix import Environment
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.lock.tested import Tested


@dataclass(frozen=True, slots=True)
class Column:
    """What all pages give in one environment.

    Attributes:
        name: Of the environment.
        pages: What each page gave, by its name.
        missing: Why the environment cannot be had; empty if it can.
    """

    name: str
    pages: Mapping[str, Tested] = field(default_factory=dict)
    missing: str = ""

    @property
    def holds(self) -> bool:
        """Whether the environment can be had, and no page differs or fails there."""
        results = {tested.result for tested in self.pages.values()}
        return not results & {DIFFERS, FAILS, NOT_INSTALLABLE}


def columns(  # noqa: PLR0913  # what the command says
    project: Project,
    plans: Mapping[str, Plan],
    environments: Sequence[Environment],
    wait: Callable[[Path], None],
    *,
    jobs: int = 0,
    keep: bool = False,
) -> Iterator[Column]:
    """Check pages in one environment after the other.

    Args:
        project: Their project.
        plans: The pages, by their names.
        environments: The environments.
        wait: Called with the folder of all environments, before a wait for another matrix.
        jobs: How many pages run at the same time; 0 means one per core.
        keep: Whether environments stay in the cache folder.

    Raises:
        CodeoutError: A check did not come to its end.
        ConfigError: There is no uv, or a file of requirements is not there.
    """
    above = cache_folder() / "matrix"
    above.mkdir(parents=True, exist_ok=True)
    keys = {each.name: digest_of(each, project.config.root) for each in environments}
    with exclusive(above, wait):
        for environment in environments:
            folder = above / keys[environment.name]
            try:
                yield _column(project, [*plans], environment, folder, jobs)
            finally:
                if not keep:
                    remove(folder)


def _column(
    project: Project, pages: Sequence[str], environment: Environment, folder: Path, jobs: int
) -> Column:
    root = project.config.root
    try:
        python = install(environment, folder, root)
    except NotInstallableError as error:
        return Column(environment.name, not_installable(pages, folder.name), error.message)
    return Column(environment.name, check(python, root, pages, folder.name, jobs))


def record(project: Project, plans: Mapping[str, Plan], column: Column) -> tuple[str, ...]:
    """Write what pages gave in an environment into their records.

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
        before = project.lock.get(page)
        if before is None or plans[page].reasons(project.lock):
            stale += [page] if plans[page].blocks else []
            continue
        kept = {name: it for name, it in before.matrix.items() if name in names}
        project.lock.put(page, before.with_matrix({**kept, column.name: tested}))
    project.lock.write()
    return tuple(stale)
