"""Runs pages a second time, as their first run would write them: what differs again is unstable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.adopt.causes import Cause
from codeout.adopt.trial import Failure, try_pages
from codeout.engine.planning import plan_source
from codeout.output.shown import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.adopt.trial import Trial
    from codeout.config.settings import Config
    from codeout.engine.execute import Pages
    from codeout.engine.plan import Plan
    from codeout.engine.update import Update
    from codeout.lock.lockfile import Lock
    from codeout.run.events import Event
    from codeout.run.job import Isolation


def repeat(
    config: Config,
    trials: Sequence[Trial],
    lock: Lock,
    isolation: Isolation,
    follow: Callable[[Event | Update | Pages], None],
) -> Iterator[Trial]:
    """Run pages again whose outputs are not true; yield their trials, with what is unstable.

    Args:
        config: The settings.
        trials: Trials in which nothing failed.
        lock: The records of the pages.
        isolation: What pages may not reach.
        follow: Called with each event.
    """
    changed = {trial.plan.path: trial for trial in trials if trial.update.changes}
    plans = [plan_source(config, trial.plan.file, trial.update.after) for trial in changed.values()]
    for again in try_pages(config, plans, lock, isolation, follow):
        first = changed[again.plan.path]
        yield replace(first, failures=tuple(_unstable(first.plan, again.update)))


def _unstable(plan: Plan, again: Update) -> Iterator[Failure]:
    """Yield the blocks whose outputs differ from those of the run before.

    Pictures are not compared: those of the run before are not written.
    """
    drawn = _with_pictures(again.plan)
    for at, problems in again.problems_by_block().items():
        if problems and at >= 0 and again.plan.blocks[at] not in drawn:
            block = plan.running[at]
            yield Failure(block.line, Cause.UNSTABLE, problems[0], block.name)


def _with_pictures(plan: Plan) -> set[int]:
    """The indexes of the blocks of a page that show a picture."""
    slots = zip(plan.page.slots, plan.shown, strict=True)
    drawn = (slot for slot, shown in slots if any(isinstance(each, Picture) for each in shown))
    return {at for slot in drawn for at in slot.blocks}
