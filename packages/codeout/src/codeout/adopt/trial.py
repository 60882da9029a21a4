"""Tries pages: runs them and says of each which blocks failed, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeout.adopt.causes import Cause, cause_of
from codeout.engine.dispatch import limits_of
from codeout.engine.execute import Pages, Transcribed, transcribe
from codeout.engine.moved_pages import record_before
from codeout.engine.settle import settle
from codeout.engine.update import Update, failed
from codeout.page.printed_comments import NOTHING
from codeout.run.access import Touched
from codeout.run.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.errors import Problem
    from codeout.lock.lockfile import Lock
    from codeout.output.model import Ran
    from codeout.run.job import Isolation

Follow = Callable[[Event | Update | Pages], None]


@dataclass(frozen=True, slots=True)
class Conditions:
    """How pages are tried.

    Attributes:
        lock: The records of the pages.
        isolation: What pages may not reach.
        follow: Called with each event.
        longest: Seconds that no block may exceed; then the next block of the page begins.
    """

    lock: Lock
    isolation: Isolation
    follow: Follow
    longest: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page is not green.

    Attributes:
        line: The line of the block; 0 if it is not a block that fails.
        name: The name of the block, if it has one.
        cause: The kind of the failure.
        problem: What a check says of it.
    """

    line: int
    cause: Cause
    problem: Problem
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One run of a page.

    Attributes:
        plan: The page.
        update: What the run would change.
        failures: Why it is not green, by line; none if nothing failed.
        transcript: What the run left behind; None if nothing ran.
    """

    plan: Plan
    update: Update
    failures: tuple[Failure, ...] = ()
    transcript: Transcript | None = None

    @property
    def runs(self) -> Sequence[Ran | None]:
        """The results of the cells of the plan; None for those that did not run."""
        return self.transcript.runs if self.transcript else [None] * len(self.plan.cells)


def try_pages(config: Config, plans: Sequence[Plan], conditions: Conditions) -> Iterator[Trial]:
    """Run pages, and yield the trial of each as it ends. Nothing is written.

    Args:
        config: The settings.
        plans: The pages.
        conditions: How they are tried.
    """
    read = {plan.path: plan for plan in plans}
    able = [replace(plan, problems=tuple(_hindering(plan))) for plan in plans]
    for each in run_plans(config, able, conditions):
        plan = read[each.plan.path]
        if isinstance(each, Transcribed):
            yield trial_of(config, plan, each.transcript, conditions.lock)
        else:
            yield Trial(plan, each, failures_of(plan, each.problems, [None] * len(plan.cells)))


def run_plans(
    config: Config,
    plans: Sequence[Plan],
    conditions: Conditions,
    again: Callable[[Transcribed], bool] | None = None,
) -> Iterator[Transcribed | Update]:
    """Run pages, and yield what each leaves behind; or its update, if nothing of it can run.

    Args:
        config: The settings.
        plans: The pages.
        conditions: How they are tried.
        again: Whether to run a page once more, asked at the end of each of its runs.
    """
    conditions.follow(Pages(plans))
    ended: set[str] = set()
    isolation, lock = conditions.isolation, conditions.lock
    limits = replace(limits_of(config, isolation=isolation), thorough=True)
    longest = conditions.longest
    for event in transcribe(config, plans, lock, limits, isolation, longest=longest, again=again):
        if isinstance(event, Transcribed):
            if event.plan.path not in ended:
                conditions.follow(Update(event.plan, event.plan.source))
            ended.add(event.plan.path)
            yield Transcribed(event.plan, _without_accesses(event.transcript))
        else:
            conditions.follow(event)
            if isinstance(event, Update):
                yield event


def trial_of(config: Config, plan: Plan, transcript: Transcript, lock: Lock) -> Trial:
    """The trial of a page that has run."""
    update = settle(plan, transcript, config, record_before(config, plan, lock))
    if plan.problems:
        update = failed(plan, [*plan.problems, *update.problems])
    return Trial(plan, update, failures_of(plan, update.problems, transcript.runs), transcript)


def failures_of(
    plan: Plan, problems: Iterable[Problem], runs: Sequence[Ran | None]
) -> tuple[Failure, ...]:
    """The failures of a page.

    Args:
        plan: The page.
        problems: Those of its run.
        runs: The results of its cells.
    """
    return tuple(_failures(plan, problems, runs))


def _without_accesses(transcript: Transcript) -> Transcript:
    """A transcript without what only the lock holds, which takes time to describe."""
    touched = Touched(modules=transcript.ended.touched.modules)
    return replace(transcript, ended=replace(transcript.ended, touched=touched))


def _hindering(plan: Plan) -> Iterator[Problem]:
    """Yield the problems of a page with which nothing of it can run."""
    return (problem for problem in plan.problems if problem.message != NOTHING[0])


def _failures(
    plan: Plan, problems: Iterable[Problem], runs: Sequence[Ran | None]
) -> Iterator[Failure]:
    codes = [cell.code for cell in plan.cells]
    found: list[int] = []
    for problem in sorted(problems):
        at = plan.block_of(problem)
        if at < 0:
            yield Failure(_line_of_skipped(plan, problem), Cause.PAGE, problem)
            continue
        if at not in found:
            cause = _unread(plan, problem) or cause_of(codes, at, runs[at], found)
            told = _without_class(problem) if cause is Cause.SLOW else problem
            yield Failure(plan.running[at].line, cause, told, plan.running[at].name)
            found.append(at)


def _without_class(problem: Problem) -> Problem:
    """A problem without the name of the exception that interrupted its block."""
    return replace(problem, message=problem.message.partition(": ")[2])


def _unread(plan: Plan, problem: Problem) -> Cause | None:
    """The cause of a problem for which nothing of a page runs; None for others."""
    if problem not in plan.problems:
        return None
    return Cause.OUTPUT if problem.message == NOTHING[0] else Cause.PAGE


def _line_of_skipped(plan: Plan, problem: Problem) -> int:
    """The line of the block that a problem without a run belongs to; 0 if it is none of a block."""
    return next((block.line for block in plan.page.blocks if block.line == problem.line), 0)
