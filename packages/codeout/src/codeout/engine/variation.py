"""Compares two runs of a page: which of its outputs vary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.engine.comparison import comparison_of, merge_outputs, same_outputs
from codeout.engine.new_outputs import shown_by
from codeout.engine.planning import pictures_of
from codeout.output.shown import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.page.model import Slot


def varying(plan: Plan, config: Config, first: Transcript, second: Transcript) -> Iterator[Slot]:
    """Yield the slots for which a second run would differ from what the first one writes.

    Pictures are not compared: those of the first run are not written.

    Args:
        plan: The page.
        config: The settings.
        first: A run of the page.
        second: Another one.
    """
    pictures = pictures_of(plan, config)
    for slot, shown in zip(plan.page.slots, plan.shown, strict=True):
        comparison = comparison_of(plan.page, slot, plan.rtol)
        once, again = (shown_by(plan, each, slot, pictures) for each in (first, second))
        written = shown
        if not same_outputs(shown, once, comparison, pictures):
            written = merge_outputs(shown, once, comparison, pictures)
        drawn = any(isinstance(each, Picture) for each in (*written, *again))
        if not (drawn or comparison.volatile or same_outputs(written, again, comparison, pictures)):
            yield slot
