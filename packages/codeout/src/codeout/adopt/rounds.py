"""Tries pages in rounds: those that are not green are revised, and tried again."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from codeout.adopt.blocks import candidates
from codeout.adopt.causes import Cause
from codeout.adopt.choice import revised, without_running
from codeout.adopt.conventions import outputs_fit
from codeout.adopt.draft import Draft
from codeout.adopt.first_draft import first_draft
from codeout.adopt.prediction import predicted
from codeout.adopt.repeats import repeat
from codeout.adopt.setups import missing_imports
from codeout.adopt.slices import is_untouched
from codeout.adopt.trial import Failure, try_pages
from codeout.page.model import SlotKind
from codeout.page.modes import RunMode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from codeout.adopt.blocks import Candidates
    from codeout.adopt.trial import Conditions, Trial
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan

_ROUNDS: Final = 6
"""How often a page is revised, which may fail when it is read, run, compared or repeated."""

_PLACES: Final = {"outputs", "code", "out"}
"""The settings that say where outputs are."""


class Rounds:
    """Tries pages until they are green.

    All blocks of each page run once. What a page does with some of them skipped is predicted from
    that; only what is to be proposed, and shows other outputs or has other blocks, runs again.

    Args:
        config: The settings, with what is proposed for all pages.
        conditions: How pages are tried.
        imports: The import statements of the tree, by the names that they bind.
    """

    def __init__(self, config: Config, conditions: Conditions, imports: Mapping[str, str]) -> None:
        self.config = config
        self.conditions = conditions
        self.imports = imports
        self.drafts: dict[str, Draft] = {}
        self.trials: dict[str, Trial] = {}
        self._known: dict[str, Plan] = {}
        self._blocks: dict[str, tuple[Draft, Candidates]] = {}
        self._found: dict[str, list[Failure]] = {}
        self._whole: dict[str, tuple[Draft, Trial]] = {}
        self._proven: dict[str, set[tuple[int, str]]] = {}

    def run(self, plans: Sequence[Plan], alone: Collection[str] = ()) -> None:
        """Try pages, and those that fail again as they are revised; of the rest nothing runs.

        Args:
            plans: The pages, by the settings with what is proposed for all of them.
            alone: The names of those with a program in each of their fences.
        """
        self._known = {plan.path: plan for plan in plans}
        drafts = [first_draft(plan, self.config, alone=plan.path in alone) for plan in plans]
        self._try(drafts)
        self._found = {path: [*trial.failures] for path, trial in self.trials.items()}
        for _ in range(_ROUNDS):
            drafts = self._round([draft for draft in drafts if self._is_open(draft)])
        rest = [without_running(draft) for draft in drafts if self._is_open(draft)]
        self._try(rest)
        for draft in rest:
            self.drafts[draft.path] = replace(draft, excluded=self._fails(draft))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What failed at first, in the order of the pages."""
        return tuple(failure for path in self.drafts for failure in self._found.get(path, ()))

    def leave_out(self, plans: Iterable[Plan]) -> None:
        """Exclude pages that cannot be read at all."""
        for plan in plans:
            self.drafts[plan.path] = Draft(plan.path, plan.file, b"", excluded=True)
            self._found[plan.path] = [Failure(0, Cause.PAGE, each) for each in plan.problems]

    def _round(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Revise pages, and run what has not run like this."""
        drafts = [self._revised(draft) for draft in drafts]
        self._try([draft for draft in drafts if draft.path not in self.trials])
        self._repeat([draft for draft in drafts if not self._fails(draft)])
        return drafts

    def _is_open(self, draft: Draft) -> bool:
        """Whether a page fails, or may do so as it is proposed."""
        return self._fails(draft) or self._running(draft) != self._proven.get(draft.path)

    def _fails(self, draft: Draft) -> bool:
        trial = self.trials[draft.path]
        return bool(trial.failures) or _misplaced(draft, trial)

    def _running(self, draft: Draft) -> set[tuple[int, str]]:
        """The blocks that run, by the line of each in the page as it is and its name."""
        running = self.trials[draft.path].plan.running
        return {(draft.line_before(block.line), block.name) for block in running}

    def _try(self, drafts: Sequence[Draft]) -> None:
        """Run pages; those that are true are proven."""
        self.drafts |= {draft.path: draft for draft in drafts}
        plans = [self._plan(draft) for draft in drafts]
        for trial in try_pages(self._config_of(drafts), plans, self.conditions):
            path = trial.plan.path
            self.trials[path] = trial
            if self.drafts[path].is_whole:
                self._whole[path] = self.drafts[path], trial
            self._proven.pop(path, None)
            if not (trial.failures or trial.update.changes):
                self._proven[path] = self._running(self.drafts[path])

    def _repeat(self, drafts: Sequence[Draft]) -> None:
        """Run pages again, unless they have run like this."""
        drafts = [draft for draft in drafts if self._is_open(draft)]
        known = {draft.path for draft in drafts if self._is_known(draft)}
        for path in known:
            if not self.trials[path].update.changes:
                self._proven[path] = self._running(self.drafts[path])
        drafts = [draft for draft in drafts if self._is_open(draft)]
        trials = [self.trials[draft.path] for draft in drafts]
        for trial in repeat(self._config_of(drafts), trials, self.conditions, known):
            path = trial.plan.path
            self.trials[path] = trial
            unstable = [each for each in trial.failures if each.cause is Cause.UNSTABLE]
            self._found[path] += unstable
            if len(unstable) == len(trial.failures):
                self._proven[path] = self._running(self.drafts[path])

    def _is_known(self, draft: Draft) -> bool:
        """Whether a page has run as it is proposed, but for blocks that no other needs."""
        before, whole = self._whole.get(draft.path, (draft, None))
        if whole is None or before.imports != draft.imports:
            return False
        running = self._running(draft)
        blocks = ((block.line, block.name) for block in whole.plan.running)
        lost = {at for at, key in enumerate(blocks) if key not in running}
        return is_untouched(whole.plan, lost)

    def _revised(self, draft: Draft) -> Draft:
        """The next draft of a page of which no failure is known or predicted."""
        for _ in range(_ROUNDS):
            if not self._fails(draft):
                break
            draft = self.drafts[draft.path] = self._next(draft)
            trial = self._predicted(draft)
            if trial is None:
                del self.trials[draft.path]
                break
            self.trials[draft.path] = trial
        return draft

    def _predicted(self, draft: Draft) -> Trial | None:
        """How a page runs by what has run of it; None if that does not tell."""
        before, whole = self._whole.get(draft.path, (draft, None))
        if whole is None or before.imports != draft.imports:
            return None
        config = draft.settings(self.config)
        return predicted(config, draft, self._plan(draft), whole, self.conditions.lock)

    def _config_of(self, drafts: Sequence[Draft]) -> Config:
        """The settings, with those of some pages."""
        own = (draft for draft in drafts if draft.values or draft.imports)
        return reduce(lambda config, draft: draft.settings(config), own, self.config)

    def _plan(self, draft: Draft) -> Plan:
        """The plan of a page; the one that is known if nothing has changed for it."""
        known = self._known[draft.path]
        changed = draft.values or draft.words or draft.imports
        return draft.plan(self.config) if changed else known

    def _next(self, draft: Draft) -> Draft:
        """The next draft of a page that fails."""
        trial = self.trials[draft.path]
        if _misplaced(draft, trial):
            values = {key: value for key, value in draft.values.items() if key not in _PLACES}
            return replace(draft, values=values)
        more = missing_imports(trial, self.imports)
        if more and not draft.imports:
            return replace(draft, imports=tuple(more), words={}, failing={})
        return revised(draft, trial, self._candidates(draft, trial))

    def _candidates(self, draft: Draft, trial: Trial) -> Candidates:
        """The blocks of a page that may run, whichever do in a draft."""
        key = replace(draft.running(RunMode.ALL), failing={})
        known, found = self._blocks.get(draft.path, (None, None))
        if found is None or known != key:
            found = candidates(draft, self.config, trial.plan)
            self._blocks[draft.path] = key, found
        return found

    def values(self) -> dict[str, Mapping[str, Any]]:
        """The settings of each page that shows Python."""
        return {
            path: draft.values
            for path, draft in self.drafts.items()
            if not draft.excluded and (self.trials[path].plan.page.blocks)
        }

    def imports_needed(self) -> dict[str, Sequence[str]]:
        """The imports that each page with Python lacks."""
        return {path: self.drafts[path].imports for path in self.values()}


def _misplaced(draft: Draft, trial: Trial) -> bool:
    """Whether what was taken for outputs of a page cannot be all of them."""
    added = bool({"code", "out"} & draft.values.keys()) or _finds_fences(draft)
    return added and not outputs_fit(trial)


def _finds_fences(draft: Draft) -> bool:
    """Whether a page takes fences for outputs by its own settings."""
    return SlotKind.FENCE in draft.values.get("outputs", ())
