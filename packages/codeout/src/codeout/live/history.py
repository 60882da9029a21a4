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
    """What a page has been through.

    Attributes:
        cells: Those that have run, and the one that runs.
        runs: How they went.
    """

    cells: tuple[Cell, ...] = ()
    runs: tuple[Ran, ...] = ()

    @property
    def running(self) -> bool:
        """Whether a cell runs."""
        return len(self.cells) > len(self.runs)

    @property
    def last(self) -> int:
        """The index of the cell that has begun last; 0 where none has."""
        return max(0, len(self.cells) - 1)

    @property
    def seconds(self) -> float:
        """How long the cells ran."""
        return sum(ran.seconds for ran in self.runs)

    def begin(self, cell: Cell) -> History:
        """It is this cell that runs now."""
        return replace(self, cells=(*self.cells, cell))

    def finish(self, ran: Ran) -> History:
        """The cell that ran has come to its end."""
        return replace(self, runs=(*self.runs, ran))

    def before(self, index: int) -> History:
        """As it was when a cell had not begun."""
        return History(self.cells[:index], self.runs[:index])

    def common(self, cells: Sequence[Cell]) -> int:
        """How many cells a page begins with just as these did."""
        pairs = zip(self.cells, cells, strict=False)
        different = (at for at, (mine, theirs) in enumerate(pairs) if mine != theirs)
        return next(different, min(len(self.cells), len(cells)))

    def completes(self, cells: Sequence[Cell]) -> bool:
        """Whether a page with such cells is over: all have run, or one let none follow."""
        pairs = zip(cells, self.runs, strict=False)
        stopped = any(cell.ends_page(ran) for cell, ran in pairs)
        return stopped or len(self.runs) == len(cells)
