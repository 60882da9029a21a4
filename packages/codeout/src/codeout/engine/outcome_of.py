"""What a check of a page covers, found in its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.engine.outcome import Outcome
from codeout.formats import format_of
from codeout.output.counting import coverage_of, gaps_in_outputs
from codeout.page.gap import Gap

if TYPE_CHECKING:
    from codeout.engine.plan import Plan
    from codeout.page.model import Page


def outcome_of(plan: Plan, after: Page | None = None) -> Outcome:
    """What a check of a page covers.

    Args:
        plan: The page.
        after: The page with the outputs of a run; the page as it is if None.
    """
    page = after or plan.page
    shown = tuple(map(format_of(plan.path).read, after.slots)) if after else plan.shown
    included = [
        Gap(line, plan.included[text]) for line, text in page.includes if text in plan.included
    ]
    others = [*page.gaps, *included]
    gaps = sorted([*others, *gaps_in_outputs(page, shown)])
    return Outcome(plan.path, len(plan.cells), coverage_of(page, shown, len(others)), tuple(gaps))
