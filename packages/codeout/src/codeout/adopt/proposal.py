"""Adopts pages: tries them until they are green, and proposes what makes them so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from codeout.adopt.choice import revised, without_running
from codeout.adopt.conventions import prints_into_fences, skip_words
from codeout.adopt.draft import Draft
from codeout.adopt.patterns import gathered, gathered_imports
from codeout.adopt.setups import imports_of, missing_imports
from codeout.adopt.trial import try_pages
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from codeout.adopt.trial import Failure, Trial
    from codeout.config.folders import FolderSettings, Setup
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.engine.update import Update
    from codeout.run.events import Event
    from codeout.run.job import Isolation

_ROUNDS: Final = 4
"""How often a page that fails is revised."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What makes the pages of a project green.

    Attributes:
        settings: For the project, by key.
        folders: For folders and pages that differ.
        setup: Code that runs before the first block of some pages.
        drafts: The pages, with the comments that settings cannot replace.
        trials: The last run of each page that is not left out, as it is proposed.
        failures: What failed at first, in the order of the pages.
    """

    settings: Mapping[str, Any]
    folders: tuple[FolderSettings, ...]
    setup: tuple[Setup, ...]
    drafts: tuple[Draft, ...]
    trials: tuple[Trial, ...]
    failures: tuple[Failure, ...]

    @property
    def comments(self) -> int:
        """How many comments it adds."""
        return sum(len(draft.words) for draft in self.drafts)


def propose(
    project: Project,
    plans: Sequence[Plan],
    isolation: Isolation,
    follow: Callable[[Event | Update], None],
) -> Proposal:
    """Try pages in rounds: those that are not green get other settings or comments.

    Args:
        project: Their project.
        plans: The pages, by the settings as they are.
        isolation: What pages may not reach.
        follow: Called with each event.
    """
    layout = project.config.layout
    words = tuple(word for word in skip_words(plans) if word not in layout.skip)
    config = replace(project.config, layout=replace(layout, skip=(*layout.skip, *words)))
    rounds = _Rounds(config, project, isolation, follow, imports_of(plans))
    rounds.run([_first_draft(plan, config) for plan in plans])
    settings, folders = gathered(rounds.values(), _defaults(config))
    excluded = [draft.path for draft in rounds.drafts.values() if draft.excluded]
    if words:
        settings["skip"] = config.layout.skip
    if excluded:
        settings["exclude"] = (*config.exclude, *excluded)
    drafts = tuple(rounds.drafts[plan.path] for plan in plans)
    trials = tuple(rounds.trials[d.path] for d in drafts if not d.excluded)
    setup = gathered_imports(rounds.imports_needed())
    return Proposal(settings, folders, setup, drafts, trials, tuple(rounds.failures))


def _first_draft(plan: Plan, config: Config) -> Draft:
    """A page as it is, with its outputs in fences if it seems to have some there."""
    draft = Draft(plan.path, plan.file, plan.source)
    outputs = config.for_page(plan.path).layout.outputs
    if SlotKind.FENCE in outputs:
        return draft
    fences = replace(draft, values={"outputs": (*outputs, SlotKind.FENCE)})
    slots = fences.plan(config).page.slots
    found = any(slot.kind is SlotKind.FENCE and slot.source for slot in slots)
    return fences if found else draft


def _defaults(config: Config) -> dict[str, Any]:
    return {"run": config.layout.run, "outputs": config.layout.outputs}


class _Rounds:
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
        follow: Callable[[Event | Update], None],
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

    def run(self, drafts: Sequence[Draft]) -> None:
        """Try pages, and those that fail again as they are revised; of the rest nothing runs."""
        failed = self._failed(drafts)
        found = (self.trials[draft.path] for draft in drafts)
        self.failures = [failure for trial in found for failure in trial.failures]
        for _ in range(_ROUNDS):
            failed = self._failed([self._next(draft) for draft in failed])
        for draft in self._failed([without_running(draft) for draft in failed]):
            self.drafts[draft.path] = replace(draft, excluded=True)

    def _failed(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Try pages; returns those that fail."""
        self.drafts |= {draft.path: draft for draft in drafts}
        plans = [draft.plan(self.config) for draft in drafts]
        config = reduce(lambda config, draft: draft.settings(config), drafts, self.config)
        failed = []
        for trial in try_pages(config, plans, self.project.lock, self.isolation, self.follow):
            path = trial.plan.path
            self.trials[path] = trial
            draft = self.drafts[path]
            if trial.failures or _fits_no_fences(draft, trial):
                failed.append(draft)
        return failed

    def _next(self, draft: Draft) -> Draft:
        """The next draft of a page that fails."""
        trial = self.trials[draft.path]
        if _fits_no_fences(draft, trial):
            values = {key: value for key, value in draft.values.items() if key != "outputs"}
            return replace(draft, values=values)
        more = missing_imports(trial, self.imports)
        if more and not draft.imports:
            return replace(draft, imports=tuple(more))
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


def _fits_no_fences(draft: Draft, trial: Trial) -> bool:
    """Whether the fences of a page, taken for outputs, are none."""
    return "outputs" in draft.values and not prints_into_fences(trial)
