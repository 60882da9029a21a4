"""How much of what a page shows is held to the truth: the share of output lines compared.

It is told from the page as it stands; nothing runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.output.compare import elides
from codeout.output.rendered import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.output.rendered import Shown
    from codeout.page.model import Page


@dataclass(frozen=True, slots=True)
class Coverage:
    """The lines of some outputs. A picture, or a value in HTML, counts as one line.

    Attributes:
        lines: How many there are.
        compared: How many of them a check compares with those of its run.
    """

    lines: int = 0
    compared: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.lines + other.lines, self.compared + other.compared)

    @property
    def percent(self) -> int | None:
        """The share that is compared, rounded down; None where there are no lines."""
        return 100 * self.compared // self.lines if self.lines else None

    def __str__(self) -> str:
        return "–" if self.percent is None else f"{self.percent} %"


def coverage_of(page: Page, shown: Sequence[Sequence[Shown]]) -> Coverage:
    """Count the lines of all outputs of a page.

    Those of a ``volatile`` block are not compared, nor is a line that is only ``...``. What a
    block that is skipped seems to have printed is text of the page and no output.

    Args:
        page: The page.
        shown: What each of its slots shows.
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
