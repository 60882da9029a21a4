"""Runs plans, and turns what they leave behind into updates; used by every adapter."""

from __future__ import annotations

import math
import os
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeout.data.fetch import locate
from codeout.engine.discovery import assets_of
from codeout.engine.installed_outputs import unknown_packages
from codeout.engine.moved_pages import record_before
from codeout.engine.outcome_of import outcome_of
from codeout.engine.own_figures import own_figures
from codeout.engine.planning import pictures_of
from codeout.engine.sessions import PageRun
from codeout.engine.update import Update, failed, settle
from codeout.errors import ConfigError, Problem
from codeout.fs.cache_folder import cache_folder
from codeout.resident.client import find
from codeout.run.job import Isolation, Job, Limits, Prologue
from codeout.run.pool import run_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.cluster.client import Cluster
    from codeout.config.settings import Config
    from codeout.data.assets import Asset, Fetched
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.lock.lockfile import Lock
    from codeout.lock.record import Record
    from codeout.run.events import Event


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages that are about to run, for those who follow the events of several runs."""

    plans: Sequence[Plan]


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A page has run; nothing is compared yet."""

    plan: Plan
    transcript: Transcript


def execute(  # noqa: PLR0913  # what one run is told
    config: Config,
    plans: Sequence[Plan],
    lock: Lock,
    workers: int = 0,
    isolation: Isolation = Isolation(),
    *,
    fail_fast: bool = False,
    longest: float = math.inf,
    cluster: str = "",
    warm: bool = False,
) -> Iterator[Event | Update]:
    """Run pages, the longest first, and compare their outputs. Nothing is written.

    Closing the iterator, or an exception in the caller, stops the pages that run.

    Args:
        config: The settings.
        plans: The pages.
        lock: The records of the pages.
        workers: How many pages run at the same time; 0 means as configured.
        isolation: What pages may not reach.
        fail_fast: Whether a page ends with the first block that fails; by default, all failures of
            a page are found in one run.
        longest: Seconds that no block may exceed, whatever its page says.
        cluster: The address of the Dask cluster that runs the pages; ``local`` for one on this
            machine, empty for none.
        warm: Whether a server of `codeout warm` starts them, if one stands ready.

    Yields:
        Events as they happen, and one ``Update`` for each page when it has ended.
    """
    limits = replace(limits_of(config, workers, isolation), fail_fast=fail_fast)
    on = _cluster_of(config, cluster, workers)
    for event in transcribe(
        config, plans, lock, limits, isolation, longest=longest, cluster=on, warm=warm
    ):
        if isinstance(event, Transcribed):
            before = record_before(config, event.plan, lock)
            yield settle(event.plan, event.transcript, config, before)
        else:
            yield event


def transcribe(  # noqa: PLR0913  # what one run is told
    config: Config,
    plans: Sequence[Plan],
    lock: Lock,
    limits: Limits,
    isolation: Isolation,
    *,
    longest: float = math.inf,
    cluster: Cluster | None = None,
    again: Callable[[Transcribed], bool] | None = None,
    warm: bool = False,
) -> Iterator[Event | Transcribed | Update]:
    """Run pages, the longest first; nothing is compared.

    Args:
        config: The settings.
        plans: The pages.
        lock: The records of the pages.
        limits: How they are run.
        isolation: What pages may not reach.
        longest: Seconds that no block may exceed, whatever its page says.
        cluster: Where they run; None for this machine.
        again: Whether to run a page once more, asked at the end of each run; not on a cluster.
        warm: Whether a server that stands ready starts them.

    Yields:
        Events as they happen, and for each run of a page what it left behind, or the ``Update`` of
        a page that cannot run or has nothing to run.
    """
    pages: list[tuple[Plan, PageRun]] = []
    for plan in plans:
        hidden = _not_in_sandbox(plan) if isolation.sandbox and not plan.problems else ()
        match failed(plan, hidden) if hidden else job_of(config, plan, lock.get(plan.path)):
            case Job() as job:
                run = PageRun(_capped(job, longest), plan.sessions, isolation)
                pages.append((plan, run))
            case Update() as update:
                yield update
    by_job = {name: (plan, run) for plan, run in pages for name in run.jobs}
    order = [job for _, run in _longest_first(pages, lock) for job in run.jobs.values()]
    more: deque[Job] | None = deque() if again and not cluster else None
    for event in _run(config, order, limits, isolation, cluster=cluster, more=more, warm=warm):
        plan, run = by_job[event.path]
        yield from run.receive(event)
        if run.transcript:
            transcribed = Transcribed(plan, run.transcript)
            if again and more is not None and again(transcribed):
                by_job |= dict.fromkeys(run.jobs, (plan, run.anew()))
                more.extend(run.jobs.values())
            yield transcribed


def _run(  # noqa: PLR0913  # what one run is told
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


def _cluster_of(config: Config, address: str, workers: int) -> Cluster | None:
    if not address:
        return None
    from codeout.cluster.client import Cluster

    ours = tuple(config.root / name for name in (config.lock, config.figures) if name)
    return Cluster(address, config.root, ours, workers)


def run_page(config: Config, plan: Plan, setup: str = "") -> Transcript | Update:
    """Run one page; nothing is compared.

    Args:
        config: The settings.
        plan: The page.
        setup: Python code that runs before the first cell.

    Returns:
        The transcript of the run, or the update of a page that cannot run.
    """
    job = job_of(config, plan, None)
    if isinstance(job, Update):
        return job
    run = PageRun(replace(job, setup=setup), plan.sessions)
    for event in run_jobs([*run.jobs.values()], limits_of(config, 1, Isolation())):
        deque(run.receive(event), maxlen=0)
    assert run.transcript is not None  # noqa: S101  # every job ends
    return run.transcript


def job_of(config: Config, plan: Plan, before: Record | None) -> Job | Update:
    """The job of a page, or its update if it cannot run or has nothing to run.

    Args:
        config: The settings.
        plan: The page.
        before: Its record, if there is one.
    """
    if problems := (*plan.problems, *unknown_packages(plan)):
        return failed(plan, problems)
    if not plan.cells:
        pictures = pictures_of(plan, config)
        written, _ = own_figures(plan, pictures, before, recorded=bool(config.lock))
        lost = plan.lost(before)
        changes = (lost,) if lost else ()
        return Update(plan, plan.source, written, changes, outcome=outcome_of(plan))
    files = _files(config, plan.path)
    if missing := [asset.path for asset, file in files.items() if file is None]:
        return failed(plan, [_missing(plan.path, path) for path in missing])
    here = tuple(file for file in files.values() if file is not None)
    prologues = tuple(Prologue(each.place, each.code) for each in config.setup_of(plan.path))
    return Job(
        plan.path,
        plan.cells,
        here,
        prologues=prologues,
        colour=plan.colour,
        interactive=plan.interactive,
        needs=plan.needs,
        plugins=tuple(plugin.name for plugin in config.plugins),
    )


def _capped(job: Job, longest: float) -> Job:
    """A job whose blocks may not take longer."""
    cells = (replace(cell, timeout=min(cell.timeout, longest)) for cell in job.cells)
    return replace(job, cells=tuple(cells))


def _files(config: Config, page: str) -> dict[Asset, Fetched | None]:
    """The data files of a page; None for those that are not on this machine."""
    assets = assets_of(config, page)
    return {asset: locate(asset, cache_folder(), config.root) for asset in assets}


def _missing(page: str, path: str) -> Problem:
    message = f"its data file {path} is not on this machine"
    return Problem(page, 0, message, "run `codeout fetch`")


def _not_in_sandbox(plan: Plan) -> tuple[Problem, ...]:
    """Problems with what the sandbox does not show: other pages, and included files.

    The text of these files must not get around it.
    """
    if plan.path.startswith("../"):
        message = "lies outside of the project, of which alone `--sandbox` runs pages"
        return (Problem(plan.path, 0, message, "run it without `--sandbox`, or from its project"),)
    from codeout.sandbox import bwrap

    hint = "move it into the project, under a name without a dot in front"
    return tuple(
        Problem(plan.path, 0, f"includes {name}, which pages in the sandbox may not see", hint)
        for name in plan.inputs.includes
        if not bwrap.shows(plan.root / name, plan.root)
    )


def _longest_first(pages: Sequence[tuple[Plan, PageRun]], lock: Lock) -> list[tuple[Plan, PageRun]]:
    """Pages by recorded seconds; pages that never ran come first."""

    def seconds(page: tuple[Plan, PageRun]) -> float:
        record = lock.get(page[0].path)
        return record.seconds if record else float("inf")

    return sorted(pages, key=seconds, reverse=True)


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
