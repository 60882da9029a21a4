"""Tables of the report: figures as text, and targets with their verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TARGETS = ("target", "limit", "measured", "verdict")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure with the limit that was set for it.

    Attributes:
        name: What was measured.
        value: The result.
        limit: What was promised.
        unit: What follows both numbers.
        least: The limit is the least that will do; otherwise the most.
    """

    name: str
    value: float
    limit: float
    unit: str
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether the promise was kept."""
        return self.value >= self.limit if self.least else self.value <= self.limit

    def row(self) -> tuple[str, ...]:
        """Show it as a row of the table of targets."""
        return (
            self.name,
            f"{'≥' if self.least else '≤'} {self.limit:g} {self.unit}",
            f"{self.value:.3g} {self.unit}",
            "met" if self.met else "**missed**",
        )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def times(seconds: Sequence[float]) -> tuple[str, str]:
    """Show the median, and the shortest and the longest run."""
    shortest, longest = min(seconds), max(seconds)
    return f"{median(seconds):.2f}\u00a0s", f"{shortest:.2f} to {longest:.2f}\u00a0s"


def mebibytes(size: int) -> str:
    """Show how much memory; a dash where it could not be read."""
    return f"{size / 2**20:,.0f}\u00a0MiB" if size else "—"
