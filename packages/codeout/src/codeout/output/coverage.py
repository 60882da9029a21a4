"""Coverage: the share of the output lines of a page that a check compares.

It is counted in the page as it is, without running it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.output.compare import elides
from codeout.output.shown import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.output.shown import Shown
    from codeout.page.model import Page


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of lines in outputs; a picture, or a value in HTML, counts as one line.

    Attributes:
        lines: All lines.
        compared: The lines that a check compares with those of its run.
    """

    lines: int = 0
    compared: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.lines + other.lines, self.compared + other.compared)

    @property
    def percent(self) -> int | None:
        """The share of compared lines, rounded down; None if there are no lines."""
        return 100 * self.compared // self.lines if self.lines else None

    def __str__(self) -> str:
        return "–" if self.percent is None else f"{self.percent} %"


def coverage_of(page: Page, shown: Sequence[Sequence[Shown]]) -> Coverage:
    """Count the lines of all outputs of a page.

    Lines of a ``volatile`` block are not compared, nor are elisions. The output tab of a skipped
    block has no slot, so it does not count.

    Args:
        page: The page.
        shown: The outputs in each slot, as many as slots.
    """
    total = Coverage()
    for slot, items in zip(page.slots, shown, strict=True):
        lines = [line for item in items for line in _lines(item)]
        volatile = any(page.blocks[at].directive.volatile for at in slot.blocks)
        compared = 0 if volatile else sum(not elides(line) for line in lines)
        total += Coverage(len(lines), compared)
    return total


def _lines(item: Shown) -> list[str]:
    return item.text.split("\n") if isinstance(item, Printed) else [""]
