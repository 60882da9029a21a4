"""Changes of outputs, as ``check`` tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.formats import format_of
from codeout.output.diff import diff_lines
from codeout.output.shown import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.engine.plan import Plan
    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.model import Slot

DIFFERS: Final = "the output differs"
MISSING: Final = "the output is missing"
"""What is said of an output that is not there yet."""


def differences(
    old: Sequence[Shown], new: Sequence[Shown], rtol: float, pictures: Pictures
) -> list[str]:
    """Where the data of interactive figures differ, a line for each figure."""
    both = zip(old, new, strict=False)
    pairs = ((a, b) for a, b in both if isinstance(a, Picture) and isinstance(b, Picture))
    found = ((b.alt, pictures.difference(a, b, rtol)) for a, b in pairs)
    return [f"{alt}: {where}" for alt, where in found if where]


def change_of(
    plan: Plan, slot: Slot, new: Sequence[Shown], moved: Sequence[str], *, missing: bool
) -> Problem:
    """The change of an output: a diff of its lines, and where the data of its figures differ.

    Args:
        plan: The page.
        slot: The place of the output.
        new: What will be shown there.
        moved: See ``differences``.
        missing: Whether nothing is there yet.
    """
    form = format_of(plan.path)
    was, now = (form.to_lines(source, slot) for source in (slot.source, form.body(new, slot)))
    what = MISSING if missing else DIFFERS
    detail = "\n".join([*diff_lines(was, now), *moved]) or "a figure looks different"
    block = plan.page.blocks[slot.blocks[-1]]
    line = max(slot.line, block.line)  # in a notebook, the outputs may stand before the code
    return Problem(plan.path, line, block.with_name(what), "`codeout run` writes it", detail)
