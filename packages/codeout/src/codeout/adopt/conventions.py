"""What pages do already: where they have outputs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.adopt.trial import Trial
    from codeout.engine.plan import Plan


def kinds_of_outputs(plans: Iterable[Plan]) -> Counter[SlotKind]:
    """How many outputs pages have, by their place."""
    slots = (slot for plan in plans for slot in plan.page.slots if slot.source)
    return Counter(slot.kind for slot in slots)


def tab_labels(plan: Plan) -> tuple[str, ...]:
    """The labels of a tab with code and of the tab with its output, if these are not known."""
    return next((gap.tabs for gap in plan.page.gaps if gap.tabs), ())


def outputs_fit(trial: Trial) -> bool:
    """Whether a page has an output in each tab or fence for one, and nowhere else.

    A place for code that did not run to its end says nothing.
    """
    plan = trial.plan
    if plan.problems:
        return False
    failed = {failure.line for failure in trial.failures}
    fits = []
    for slot in plan.page.slots:
        lines = {plan.page.blocks[at].line for at in slot.blocks}
        if slot.kind in {SlotKind.FENCE, SlotKind.TABS} and not lines & failed:
            runs = [trial.runs.get(plan.blocks.index(at)) for at in slot.blocks]
            fits.append(bool(slot.source) == any(ran and ran.outputs for ran in runs))
    return bool(fits) and all(fits)
