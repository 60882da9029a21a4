"""What pages do already: where they have outputs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from codeout.formats import NOTEBOOK, format_of
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.adopt.trial import Trial
    from codeout.engine.plan import Plan

_PLACES: Final = {
    SlotKind.TABS: "tab",
    SlotKind.FENCE: "fence",
    SlotKind.TRANSCRIPTS: "prompt",
    SlotKind.COMMENTS: "comment",
    SlotKind.CONSOLE: "command",
}


def places_of_outputs(plans: Iterable[Plan]) -> Counter[str]:
    """How many outputs pages have, by what they belong to, such as ``prompt``."""
    shown = ((plan, slot) for plan in plans for slot in plan.page.slots if slot.source)
    return Counter(
        "cell" if format_of(plan.path) is NOTEBOOK else _PLACES[slot.kind] for plan, slot in shown
    )


def tab_labels(plan: Plan) -> tuple[str, ...]:
    """The labels of a tab with code and of the tab with its output, if these are not known."""
    return next((gap.tabs for gap in plan.page.gaps if gap.tabs), ())


def has_code_alone(plan: Plan) -> bool:
    """Whether a page has tabs of code and no output in any: a run would add tabs to it."""
    tabs = [slot for slot in plan.page.slots if slot.kind is SlotKind.TABS]
    in_cells = format_of(plan.path) is NOTEBOOK
    return not in_cells and bool(tabs) and not any(slot.source for slot in tabs)


def outputs_fit(trial: Trial) -> bool:
    """Whether a page has an output in each tab or fence for one, and nowhere else.

    A place for code that did not run to its end says nothing.
    """
    plan = trial.plan
    if plan.problems:
        return False
    failed = {(failure.line, failure.name) for failure in trial.failures}
    fits = []
    for slot, shown in zip(plan.page.slots, plan.shown, strict=True):
        blocks = {(plan.page.blocks[at].line, plan.page.blocks[at].name) for at in slot.blocks}
        if slot.kind in {SlotKind.FENCE, SlotKind.TABS} and not blocks & failed:
            runs = [trial.runs[plan.blocks.index(at)] for at in slot.blocks]
            # A fence that only a plugin of the site fills shows nothing.
            told = bool(shown) == any(ran and ran.outputs for ran in runs)
            fits.append(told and bool(shown) == bool(slot.source))
    return bool(fits) and all(fits)
