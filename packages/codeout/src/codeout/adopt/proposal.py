"""Adopts pages: tries them until they are green, and proposes what makes them so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from codeout.adopt.fence_conventions import fence_conventions, runs_each_alone
from codeout.adopt.patterns import gathered, gathered_imports
from codeout.adopt.rounds import Rounds
from codeout.adopt.setups import imports_of
from codeout.adopt.trial import Conditions
from codeout.engine.planning import plan_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.adopt.draft import Draft
    from codeout.adopt.trial import Failure, Follow, Trial
    from codeout.config.folders import FolderSettings, Setup
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.run.job import Isolation

_KEYS: Final = ("run", "outputs", "code", "out", "sessions")
"""The settings that pages may get."""


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
    pages: Sequence[Plan],
    isolation: Isolation,
    follow: Follow,
    longest: float,
) -> Proposal:
    """Try pages in rounds: those that are not green get other settings or comments.

    Args:
        project: Their project.
        pages: The pages with their layout by the settings as they are; they need not be parsed.
        isolation: What pages may not reach.
        follow: Called with each event.
        longest: Seconds that no block may exceed.
    """
    layout = project.config.layout
    found = fence_conventions(pages)
    skip, words = (*layout.skip, *found.skip), (*layout.words, *found.words.items())
    fences = (*layout.fences, *found.cells)
    known = replace(layout, skip=skip, words=words, fences=fences)
    config = replace(project.config, layout=known)
    conditions = Conditions(project.lock, isolation, follow, longest)
    unread = [page for page in pages if page.problems and not page.source]
    plans = [plan_source(config, page.file, page.source) for page in pages if page not in unread]
    rounds = Rounds(config, conditions, imports_of(plans))
    rounds.run(plans, {page.path for page in pages if runs_each_alone(page)})
    rounds.leave_out(unread)
    settings, folders = gathered(rounds.values(), {key: getattr(layout, key) for key in _KEYS})
    excluded = [draft.path for draft in rounds.drafts.values() if draft.excluded]
    settings |= {"skip": skip} if found.skip else {}
    settings |= {"fences": fences} if found.cells else {}
    settings |= {"words": dict(words)} if found.words else {}
    if excluded:
        settings["exclude"] = (*config.exclude, *excluded)
    drafts = tuple(rounds.drafts[page.path] for page in pages)
    trials = tuple(rounds.trials[d.path] for d in drafts if not d.excluded)
    setup = gathered_imports(rounds.imports_needed())
    return Proposal(settings, folders, setup, drafts, trials, rounds.failures)
