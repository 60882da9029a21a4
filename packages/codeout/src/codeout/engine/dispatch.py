"""Runs jobs where they are to run: here, in the sandbox, on a cluster, or by a warm server."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from codeout.errors import ConfigError
from codeout.resident.client import find
from codeout.run.forkserver import warm as start_server
from codeout.run.job import Isolation, Limits
from codeout.run.pool import run_jobs

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterator, Sequence

    from codeout.cluster.client import Cluster
    from codeout.config.settings import Config
    from codeout.run.events import Event
    from codeout.run.job import Job


def dispatch(  # noqa: PLR0913  # what one run is told
    config: Config,
    jobs: Sequence[Job],
    limits: Limits,
    isolation: Isolation,
    *,
    cluster: Cluster | None,
    more: deque[Job] | None,
    warm: bool,
) -> Iterator[Event]:
    """Run jobs where they are to run, with those that follow in ``more``.

    Raises:
        ConfigError: That is both a cluster and a sandbox.
    """
    if cluster and isolation.sandbox:
        message = "`--cluster` and `--sandbox` do not go together"
        raise ConfigError(message, "isolate the workers themselves, or leave out one of the two")
    if cluster:  # what few runs need is loaded by those
        from codeout.cluster.client import run_on_cluster

        return run_on_cluster(jobs, limits, cluster)
    if isolation.sandbox:
        from codeout.sandbox.client import run_sandboxed

        return run_sandboxed(jobs, limits, config.root, more)
    return run_jobs(jobs, limits, more, find(config.root, limits) if warm and jobs else None)


def start_early(config: Config, isolation: Isolation, cluster: str) -> None:
    """Start the server of pages if these will be dispatched to it: it loads while they are read.

    What is wrong with it is told once they are.
    """
    if cluster or isolation.sandbox:
        return
    limits = limits_of(config, isolation=isolation)
    if resident := find(config.root, limits):
        resident.close()
        return
    with contextlib.suppress(ConfigError):
        start_server(limits)


def cluster_of(config: Config, address: str, workers: int) -> Cluster | None:
    """The cluster at an address, with as many workers if it is to be started; None without one."""
    if not address:
        return None
    from codeout.cluster.client import Cluster

    ours = tuple(config.root / name for name in (config.lock, config.figures) if name)
    return Cluster(address, config.root, ours, workers)


def limits_of(config: Config, workers: int = 0, isolation: Isolation = Isolation()) -> Limits:
    """How pages are run; for the arguments see ``execute``."""
    return Limits(
        workers=workers or config.jobs or cores(),
        preload=config.preload,
        environment=config.environment,
        printed=config.output_limit,
        offline=isolation.offline or isolation.sandbox,
    )


def cores() -> int:
    """How many cores this process may use, or how many there are if the system does not say."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
