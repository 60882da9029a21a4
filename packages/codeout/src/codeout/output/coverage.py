"""Coverage: the share of what a page shows that a check compares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of lines in outputs; a picture, or a value in HTML, counts as one line.

    Attributes:
        lines: All lines, and one for each gap outside of outputs: for Python that does not run and
            for an output that stands elsewhere.
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
