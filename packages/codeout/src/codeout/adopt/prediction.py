"""Predicts how a revised page runs, from the run of the page with all of its blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.adopt.trial import trial_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.adopt.draft import Draft
    from codeout.adopt.trial import Trial
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.lock.lockfile import Lock
    from codeout.output.model import Ran


def predicted(config: Config, draft: Draft, plan: Plan, ran: Trial, lock: Lock) -> Trial | None:
    """The trial of a draft, with the results that its blocks had among all others.

    Args:
        config: The settings.
        draft: The page with its directives.
        plan: The same, parsed.
        ran: A run of the page without directives, under the settings of the draft.
        lock: The records of the pages.

    Returns:
        None if that run does not tell: the page has nothing to run, or blocks that did not.
    """
    runs = [*_runs(draft, plan, ran)]
    known = [each for each in runs if each]
    if not ran.transcript or not known or len(known) < len(runs):
        return None
    whole = ran.transcript
    sessions = tuple(replace(each, died="", index=0) for each in whole.sessions)
    ended = replace(whole.ended, died="", index=0)
    transcript = replace(whole, runs=tuple(known), ended=ended, sessions=sessions)
    return trial_of(config, plan, transcript, lock)


def _runs(draft: Draft, plan: Plan, ran: Trial) -> Iterator[Ran | None]:
    """Yield the result of each cell of a draft; None for those that did not run in this form."""
    blocks = ((block.line, block.name) for block in ran.plan.running)
    known = dict(zip(blocks, zip(ran.plan.cells, ran.runs, strict=True), strict=False))
    for block, cell in zip(plan.running, plan.cells, strict=True):
        before, result = known.get((draft.line_before(block.line), block.name), (None, None))
        yield result if cell == before else None
