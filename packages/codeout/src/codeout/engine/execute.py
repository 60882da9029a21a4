"""Runs plans, and turns what they leave behind into updates; used by every adapter."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeout.engine.dispatch import cluster_of, dispatch, limits_of
from codeout.engine.jobs import capped, hidden_in_sandbox, job_of
from codeout.engine.moved_pages import record_before
from codeout.engine.sessions import PageRun
from codeout.engine.settle import settle
from codeout.engine.update import Update, failed
from codeout.run.job import Isolation, Job, Limits
from codeout.run.pool import run_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.cluster.client import Cluster
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.lock.lockfile import Lock
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
    on = cluster_of(config, cluster, workers)
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
        hidden = hidden_in_sandbox(plan) if isolation.sandbox and not plan.problems else ()
        match failed(plan, hidden) if hidden else job_of(config, plan, lock.get(plan.path)):
            case Job() as job:
                run = PageRun(capped(job, longest), plan.sessions, isolation)
                pages.append((plan, run))
            case Update() as update:
                yield update
    by_job = {name: (plan, run) for plan, run in pages for name in run.jobs}
    order = [job for _, run in _longest_first(pages, lock) for job in run.jobs.values()]
    more: deque[Job] | None = deque() if again and not cluster else None
    for event in dispatch(config, order, limits, isolation, cluster=cluster, more=more, warm=warm):
        plan, run = by_job[event.path]
        yield from run.receive(event)
        if run.transcript:
            transcribed = Transcribed(plan, run.transcript)
            if again and more is not None and again(transcribed):
                by_job |= dict.fromkeys(run.jobs, (plan, run.anew()))
                more.extend(run.jobs.values())
            yield transcribed


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


def _longest_first(pages: Sequence[tuple[Plan, PageRun]], lock: Lock) -> list[tuple[Plan, PageRun]]:
    """Pages by recorded seconds; pages that never ran come first."""

    def seconds(page: tuple[Plan, PageRun]) -> float:
        record = lock.get(page[0].path)
        return record.seconds if record else float("inf")

    return sorted(pages, key=seconds, reverse=True)
