"""Tries pages in rounds: those that are not green are revised, and tried again."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from codeout.adopt.causes import Cause
from codeout.adopt.choice import revised, without_running
from codeout.adopt.conventions import outputs_fit, tab_labels
from codeout.adopt.draft import Draft
from codeout.adopt.fence_conventions import fence_conventions, runs_each_alone
from codeout.adopt.repeats import repeat
from codeout.adopt.setups import missing_imports
from codeout.adopt.trial import Failure, try_pages
from codeout.page.model import SlotKind
from codeout.page.modes import SessionMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from codeout.adopt.trial import Trial
    from codeout.config.settings import Config
    from codeout.engine.execute import Pages
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.engine.update import Update
    from codeout.run.events import Event
    from codeout.run.job import Isolation

_ROUNDS: Final = 6
"""How often a page is revised, which may fail when it is read, run, compared or repeated."""

_PLACES: Final = {"outputs", "code", "out"}
"""The settings that say where outputs are."""


def first_draft(plan: Plan, config: Config) -> Draft:
    """A page as it is, with its outputs where it seems to have some.

    Args:
        plan: The page.
        config: The settings of the project.
    """
    draft = Draft(plan.path, plan.file, plan.source)
    layout = config.for_page(plan.path).layout
    values: dict[str, Any] = {}
    for key, label in zip(("code", "out"), tab_labels(plan), strict=False):
        known = getattr(layout, key)
        values |= {key: (*known, label)} if label not in known else {}
    if layout.sessions == SessionMode.PAGE and runs_each_alone(plan):
        values["sessions"] = SessionMode.BLOCK
    if SlotKind.FENCE not in layout.outputs and any(gap.output for gap in plan.page.gaps):
        outputs = (*layout.outputs, SlotKind.FENCE)
        slots = replace(draft, values={"outputs": outputs}).plan(config).page.slots
        if any(slot.kind is SlotKind.FENCE and slot.source for slot in slots):
            values["outputs"] = outputs
    return replace(draft, values=values)


class Rounds:
    """Tries pages until they are green.

    Args:
        config: The settings, with what is proposed for all pages.
        project: The project of the pages.
        isolation: What pages may not reach.
        follow: Called with each event.
        imports: The import statements of the tree, by the names that they bind.
    """

    def __init__(
        self,
        config: Config,
        project: Project,
        isolation: Isolation,
        follow: Callable[[Event | Update | Pages], None],
        imports: Mapping[str, str],
    ) -> None:
        self.config = config
        self.project = project
        self.isolation = isolation
        self.follow = follow
        self.imports = imports
        self.drafts: dict[str, Draft] = {}
        self.trials: dict[str, Trial] = {}
        self.failures: list[Failure] = []
        self._repeated: set[str] = set()
        self._known: dict[str, Plan] = {}

    def run(self, plans: Sequence[Plan]) -> None:
        """Try pages, and those that fail again as they are revised; of the rest nothing runs."""
        self._known = {plan.path: plan for plan in plans}
        drafts = [first_draft(plan, self.config) for plan in plans]
        failed = self._failed(drafts)
        found = (self.trials[draft.path] for draft in drafts)
        self.failures = [failure for trial in found for failure in trial.failures]
        for _ in range(_ROUNDS):
            failed = self._failed([self._next(draft) for draft in failed])
        for draft in self._failed([without_running(draft) for draft in failed]):
            self.drafts[draft.path] = replace(draft, excluded=True)

    def leave_out(self, plans: Iterable[Plan]) -> None:
        """Exclude pages that cannot be read at all."""
        for plan in plans:
            self.drafts[plan.path] = Draft(plan.path, plan.file, b"", excluded=True)
            self.failures += [Failure(0, Cause.PAGE, problem) for problem in plan.problems]

    def _failed(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Try pages; returns those that fail."""
        self.drafts |= {draft.path: draft for draft in drafts}
        plans = [self._plan(draft) for draft in drafts]
        config = reduce(lambda config, draft: draft.settings(config), drafts, self.config)
        run = (self.project.lock, self.isolation, self.follow)
        trials = {trial.plan.path: trial for trial in try_pages(config, plans, *run)}
        once = [
            trial
            for path, trial in trials.items()
            if path not in self._repeated
            and not (trial.failures or _misplaced(self.drafts[path], trial))
        ]
        self._repeated |= {trial.plan.path for trial in once}
        trials |= {trial.plan.path: trial for trial in repeat(config, once, *run)}
        self.trials |= trials
        return [
            self.drafts[path]
            for path, trial in trials.items()
            if trial.failures or _misplaced(self.drafts[path], trial)
        ]

    def _plan(self, draft: Draft) -> Plan:
        """The plan of a page; the one that is known if nothing has changed for it."""
        known = self._known[draft.path]
        if draft.values or draft.words or draft.imports or fence_conventions([known]):
            return draft.plan(self.config)
        return known

    def _next(self, draft: Draft) -> Draft:
        """The next draft of a page that fails."""
        trial = self.trials[draft.path]
        if _misplaced(draft, trial):
            values = {key: value for key, value in draft.values.items() if key not in _PLACES}
            return replace(draft, values=values)
        more = missing_imports(trial, self.imports)
        if more and not draft.imports:
            return replace(draft, imports=tuple(more), words={}, failing={})
        return revised(draft, trial, self.config)

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
    return bool(_PLACES & draft.values.keys()) and not outputs_fit(trial)
