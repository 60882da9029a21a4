"""Which blocks of a live page have run, and which one runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.output.model import Ran
    from codeout.run.job import Cell


@dataclass(frozen=True, slots=True)
class History:
    """The cells that were run so far.

    Attributes:
        cells: Those that have finished, then the one that runs, if any.
        runs: The results of those that have finished.
    """

    cells: tuple[Cell, ...] = ()
    runs: tuple[Ran, ...] = ()

    @property
    def running(self) -> bool:
        """Whether a cell runs."""
        return len(self.cells) > len(self.runs)

    @property
    def last(self) -> int:
        """The index of the cell that began last; 0 if none has."""
        return max(0, len(self.cells) - 1)

    @property
    def seconds(self) -> float:
        """How long the finished cells ran."""
        return sum(ran.seconds for ran in self.runs)

    def begin(self, cell: Cell) -> History:
        """The history once a cell has begun."""
        return replace(self, cells=(*self.cells, cell))

    def finish(self, ran: Ran) -> History:
        """The history once the running cell has finished."""
        return replace(self, runs=(*self.runs, ran))

    def before(self, index: int) -> History:
        """The history before a cell began."""
        return History(self.cells[:index], self.runs[:index])

    def common(self, cells: Sequence[Cell]) -> int:
        """How many cells at the start are equal to those of a page."""
        pairs = zip(self.cells, cells, strict=False)
        different = (at for at, (mine, theirs) in enumerate(pairs) if mine != theirs)
        return next(different, min(len(self.cells), len(cells)))

    def completes(self, cells: Sequence[Cell]) -> bool:
        """Whether a page with these cells is complete: all have run, or one ended the page."""
        pairs = zip(cells, self.runs, strict=False)
        ended = any(cell.ends_page(ran) for cell, ran in pairs)
        return ended or len(self.runs) == len(cells)
