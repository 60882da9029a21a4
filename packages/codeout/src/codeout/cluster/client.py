"""Runs pages on the workers of a cluster; only this machine compares and writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.cluster.connect import LOCAL, connected
from codeout.cluster.task import Content, Task
from codeout.cluster.versions import versions_for
from codeout.data.verified import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.run.events import Event
    from codeout.run.job import Job, Limits


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where pages run.

    Attributes:
        address: Of the scheduler, or ``local``.
        root: The root of the project.
        ours: What codeout writes beside pages.
        most: How many pages run at the same time; 0 means as many as workers have threads.
    """

    address: str
    root: Path = Path()
    ours: tuple[Path, ...] = ()
    most: int = 0


def run_on_cluster(jobs: Sequence[Job], limits: Limits, cluster: Cluster) -> Iterator[Event]:
    """Run pages as ``codeout.run.pool.run_jobs`` does, on workers.

    Args:
        jobs: In the order in which to start them.
        limits: How to run them.
        cluster: Where.

    Raises:
        ConfigError: The cluster cannot be used, or is lost.
    """
    if not jobs:
        return
    local = cluster.address == LOCAL
    with connected(cluster.address, limits.workers) as client:
        from codeout.cluster.crew import Crew, check_needs, check_versions
        from codeout.cluster.dispatch import Dispatch

        versions = versions_for(jobs, limits.preload)
        check_versions(client, versions)
        data: dict[str, Path] = {}
        ours = tuple(map(str, cluster.ours))
        on_worker = replace(limits, workers=1)
        tasks = [
            Task(
                replace(job, files=()),
                on_worker,
                _contents(job, data),
                str(cluster.root),
                ours,
                versions,
            )
            for job in jobs
        ]
        crew = Crew.of(client)
        if crew.threads:  # else all have just ended; those that start again are waited for
            check_needs(crew, ((task.job.path, task.needs) for task in tasks))
        yield from Dispatch(client, tasks, data, 0 if local else cluster.most).events()


def _contents(job: Job, data: dict[str, Path]) -> tuple[Content, ...]:
    """The data files of a page by their content; notes where they are on this machine."""
    known = {file: sha256 for sha256, file in data.items()}
    found: list[Content] = []
    for each in job.files:
        sha256 = known.get(each.file) or (
            sha256_of(each.file) if each.stand_in else each.asset.sha256
        )
        data[sha256] = each.file
        found.append(Content(each.asset, sha256, each.stand_in))
    return tuple(found)
