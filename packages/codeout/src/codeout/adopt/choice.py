"""Chooses what becomes of a page that is not green: other settings, or comments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.adopt.needs import needed_by
from codeout.page.modes import RunMode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from codeout.adopt.draft import Draft
    from codeout.adopt.trial import Trial
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan

_SHARE: Final = 0.5
"""How many comments are worth each fence that runs because of them."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A draft of a page, and how many of its fences run."""

    draft: Draft
    fences: int

    @property
    def worth(self) -> bool:
        """Whether its comments are worth the fences that run."""
        comments = len(self.draft.words)
        return comments < self.fences and comments <= max(1, _SHARE * self.fences)


def revised(draft: Draft, trial: Trial, config: Config) -> Draft:
    """The next draft of a page that is not green.

    Either the blocks that fail are skipped, if they are few; or only the blocks with an output run,
    if these or what they need fail less; or nothing runs.

    Args:
        draft: The page as it was tried.
        trial: Its run.
        config: The settings of the project.
    """
    failing = {draft.line_before(failure.line) for failure in trial.failures}
    if all(failing):
        for way in _ways(draft, trial.plan, failing, config):
            if way.worth:
                return way.draft
    marked = _running(draft, RunMode.MARKED)
    return without_running(draft) if marked.plan(config).cells else marked


def without_running(draft: Draft) -> Draft:
    """The page as it is, of which nothing runs."""
    return replace(_running(draft, RunMode.NONE), imports=())


def _ways(draft: Draft, plan: Plan, failing: set[int], config: Config) -> Iterator[_Way]:
    """Yield ways to let something of a page run, those first in which more runs."""
    if draft.takes_words(failing):
        skipping = draft.with_words(failing, "skip")
        fences = draft.fences_of(draft.line_before(block.line) for block in plan.running)
        yield _Way(skipping, len(fences - skipping.words.keys()))
    if draft.values.get("run") == RunMode.MARKED:
        return
    marked = _running(draft, RunMode.MARKED)
    shown = {block.line for block in marked.plan(config).running}
    good = shown - failing
    needed = _needed(plan, good) - failing
    if draft.takes_words(needed | (shown & failing)):
        way = marked.with_words(needed, "run").with_words(shown & failing, "skip")
        yield _Way(way, len(way.fences_of(good)) if way.words else len(good))


def _running(draft: Draft, mode: RunMode) -> Draft:
    """The page with another choice of what runs, and without comments."""
    return replace(draft, words={}, values={**draft.values, "run": mode})


def _needed(plan: Plan, lines: Collection[int]) -> set[int]:
    """The lines of the blocks that the blocks at some lines need."""
    blocks = plan.page.blocks
    chosen = {at for at, block in enumerate(blocks) if block.line in lines}
    return {blocks[at].line for at in needed_by(chosen, [block.code for block in blocks])}
