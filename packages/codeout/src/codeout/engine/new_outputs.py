"""Finds the outputs of a run that differ from those of its page, slot by slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from codeout.engine import refusals
from codeout.engine.changes import change_of, differences
from codeout.engine.comparison import comparison_of, merge_outputs, same_outputs, same_presence
from codeout.engine.installed_outputs import no_text
from codeout.formats import format_of
from codeout.lock.staleness import why_stale
from codeout.output import commented, console, typed
from codeout.output.model import Stream
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from codeout.engine.plan import Plan
    from codeout.engine.transcript import Transcript
    from codeout.errors import Problem
    from codeout.lock.record import Record
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.model import Slot


_SHOW_PRINTED: Final[Mapping[SlotKind, Callable[[str], Shown]]] = {
    SlotKind.COMMENTS: commented.show,
    SlotKind.CONSOLE: console.show,
    SlotKind.TRANSCRIPTS: typed.show,
}
"""How printed text is shown in slots that hold nothing else."""


@dataclass(frozen=True, slots=True)
class NewOutputs:
    """The outputs of a run that differ from those of its page.

    Attributes:
        shown: What slots are to show, by their index.
        changes: The outputs that a check reports: all but volatile ones.
        refusals: Why outputs cannot be written.
    """

    shown: dict[int, tuple[Shown, ...]] = field(default_factory=dict)
    changes: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


def find_new_outputs(
    plan: Plan, transcript: Transcript, pictures: Pictures, before: Record | None
) -> NewOutputs:
    """Compare the outputs of a page with those of its run.

    Volatile outputs are not compared: they stay if the page is fresh or has no record.

    Args:
        plan: The page.
        transcript: Of its run.
        pictures: Takes those that stay, and those that are new.
        before: The record of the page, if there is one.

    Raises:
        CodeoutError: There is no script for a figure.
    """
    found = NewOutputs()
    fresh = before is None or not why_stale(plan.inputs, plan.outputs, before, plan.root, plan.ours)
    recoloured = before is None or not fresh  # the setting for colours may be new
    recorded = before is not None and before.outputs == plan.outputs
    made = partial(pictures.made, recorded=recorded)
    for at, (slot, old) in enumerate(zip(plan.page.slots, plan.shown, strict=True)):
        if plan.left.intersection(slot.blocks):
            pictures.keep(old)
            continue
        comparison = comparison_of(plan.page, slot, plan.rtol)
        volatile = bool(old) and comparison.volatile
        new = shown_by(plan, transcript, slot, pictures)
        if old and not new:
            found.refusals.extend(refusals.unprinted(plan, slot, recorded=recorded))
        same = same_outputs(old, new, comparison, pictures)
        same = same and (same_presence(old, new) or not recoloured)
        if same or (volatile and fresh):
            pictures.keep(old)
            continue
        found.refusals.extend(
            [
                *refusals.made_by_others(plan, slot, made),
                *refusals.no_place(plan, slot, new),
                *refusals.comments(plan, slot, old, new),
                *no_text(plan.page, slot, new, plan.page.blocks[slot.blocks[-1]].line),
            ]
        )
        found.shown[at] = merge_outputs(old, new, comparison, pictures)
        pictures.add(found.shown[at])
        if not volatile:
            moved = differences(old, new, comparison.rtol, pictures)
            found.changes.append(change_of(plan, slot, found.shown[at], moved, missing=not old))
    return found


def shown_by(
    plan: Plan, transcript: Transcript, slot: Slot, pictures: Pictures
) -> tuple[Shown, ...]:
    """The outputs of a run as a slot shows them."""
    outputs = transcript.outputs_of(plan, slot)
    if show := _SHOW_PRINTED.get(slot.kind):
        return tuple(show(output.text) for output in outputs if isinstance(output, Stream))
    return tuple(format_of(plan.path).show(output, pictures.draw) for output in outputs)
