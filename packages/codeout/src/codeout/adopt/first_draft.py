"""The first draft of a page: as it is, with its outputs where it seems to have some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from codeout.adopt.conventions import has_code_alone, tab_labels
from codeout.adopt.draft import Draft
from codeout.page.model import SlotKind
from codeout.page.modes import SessionMode

if TYPE_CHECKING:
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan


def first_draft(plan: Plan, config: Config, *, alone: bool = False) -> Draft:
    """A page as it is, with its outputs where it seems to have some.

    Args:
        plan: The page.
        config: The settings of the project.
        alone: Whether each of its fences is a program, by what other tools say.
    """
    draft = Draft(plan.path, plan.file, plan.source)
    layout = config.for_page(plan.path).layout
    values: dict[str, Any] = {}
    for key, label in zip(("code", "out"), tab_labels(plan), strict=False):
        known = getattr(layout, key)
        values |= {key: (*known, label)} if label not in known else {}
    if layout.sessions == SessionMode.PAGE and alone:
        values["sessions"] = SessionMode.BLOCK
    if has_code_alone(plan):
        values["outputs"] = tuple(kind for kind in layout.outputs if kind != SlotKind.TABS)
    elif SlotKind.FENCE not in layout.outputs and any(gap.output for gap in plan.page.gaps):
        outputs = (*layout.outputs, SlotKind.FENCE)
        slots = replace(draft, values={"outputs": outputs}).plan(config).page.slots
        if any(slot.kind is SlotKind.FENCE and slot.source for slot in slots):
            values["outputs"] = outputs
    return replace(draft, values=values)
