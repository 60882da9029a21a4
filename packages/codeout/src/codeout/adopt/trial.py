"""Tries pages: runs them and says of each which blocks failed, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.adopt.causes import Cause, cause_of
from codeout.engine.execute import Pages, execute
from codeout.engine.update import Update
from codeout.page.printed_comments import NOTHING
from codeout.run.events import Finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.errors import Problem
    from codeout.lock.lockfile import Lock
    from codeout.output.model import Ran
    from codeout.run.events import Event
    from codeout.run.job import Isolation


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
        runs: The results of its blocks that ran, by their index among the cells of the plan.
    """

    plan: Plan
    update: Update
    failures: tuple[Failure, ...] = ()
    runs: Mapping[int, Ran] = field(default_factory=dict)


def try_pages(
    config: Config,
    plans: Sequence[Plan],
    lock: Lock,
    isolation: Isolation,
    follow: Callable[[Event | Update | Pages], None],
) -> Iterator[Trial]:
    """Run pages, and yield the trial of each as it ends. Nothing is written.

    Args:
        config: The settings.
        plans: The pages.
        lock: The records of the pages.
        isolation: What pages may not reach.
        follow: Called with each event.
    """
    follow(Pages(plans))
    runs: dict[str, dict[int, Ran]] = {plan.path: {} for plan in plans}
    for event in execute(config, plans, lock, isolation=isolation, thorough=True):
        follow(event)
        match event:
            case Finished():
                runs[event.path][event.index] = event.ran
            case Update():
                ran = runs.pop(event.plan.path)
                yield Trial(event.plan, event, tuple(_failures(event, ran)), ran)


def _failures(update: Update, runs: Mapping[int, Ran]) -> Iterator[Failure]:
    """Yield the failures of a page, from the problems of its run."""
    plan = update.plan
    codes = [cell.code for cell in plan.cells]
    failed: list[int] = []
    for problem in sorted(update.problems):
        at = plan.block_of(problem)
        if at < 0:
            yield Failure(_line_of_skipped(plan, problem), Cause.PAGE, problem)
            continue
        if at not in failed:
            cause = _unread(plan, problem) or cause_of(codes, at, runs.get(at), failed)
            yield Failure(plan.running[at].line, cause, problem, plan.running[at].name)
            failed.append(at)


def _unread(plan: Plan, problem: Problem) -> Cause | None:
    """The cause of a problem for which nothing of a page runs; None for others."""
    if problem not in plan.problems:
        return None
    return Cause.OUTPUT if problem.message == NOTHING[0] else Cause.PAGE


def _line_of_skipped(plan: Plan, problem: Problem) -> int:
    """The line of the block that a problem without a run belongs to; 0 if it is none of a block."""
    return next((block.line for block in plan.page.blocks if block.line == problem.line), 0)
