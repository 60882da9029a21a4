"""Counts what of a page a check compares: in the page as it is, without running it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.output.coverage import Coverage
from codeout.output.doctest_compare import unsure_lines
from codeout.output.shown import Printed
from codeout.page.gap import Gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.output.shown import Shown
    from codeout.page.model import Page


def coverage_of(page: Page, shown: Sequence[Sequence[Shown]], gaps: int = 0) -> Coverage:
    """Count the lines of all outputs of a page.

    Lines of a ``volatile`` block are not compared, nor are elisions, nor what options of doctest
    leave out.

    Args:
        page: The page.
        shown: The outputs in each slot, as many as slots.
        gaps: How many gaps there are outside of the slots.
    """
    total = Coverage(gaps)
    for at, items in enumerate(shown):
        lines = [line for item in items for line in _lines(item)]
        left_out = sum(len(_unsure(page, at, item)) for item in items)
        compared = 0 if _volatile(page, at) else len(lines) - left_out
        total += Coverage(len(lines), compared)
    return total


def gaps_in_outputs(page: Page, shown: Sequence[Sequence[Shown]]) -> Iterator[Gap]:
    """Yield the outputs in slots that are not compared, or not wholly."""
    for at, (slot, items) in enumerate(zip(page.slots, shown, strict=True)):
        name = next((page.blocks[k].name for k in slot.blocks), "")
        if items and _volatile(page, at):
            yield Gap(slot.line, "volatile output", output=True, name=name)
        elif unsure := [line for item in items for line in _unsure(page, at, item)]:
            dots = any("..." in line for line in unsure)
            what = "`...` in an output" if dots else "an error without its details"
            yield Gap(slot.line, what, output=True, name=name)


def _volatile(page: Page, slot: int) -> bool:
    return any(page.blocks[at].directive.volatile for at in page.slots[slot].blocks)


def _unsure(page: Page, slot: int, item: Shown) -> list[str]:
    """The lines of an output that are not compared, or not wholly."""
    if not isinstance(item, Printed):
        return []
    options = {each for at in page.slots[slot].blocks for each in page.blocks[at].options}
    return unsure_lines(item.text, options)


def _lines(item: Shown) -> list[str]:
    return item.text.split("\n") if isinstance(item, Printed) else [""]
