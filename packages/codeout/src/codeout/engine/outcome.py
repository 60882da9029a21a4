"""The outcome of a page: what of it ran, what was compared, and in one word whether it is true."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codeout.output.coverage import Coverage
    from codeout.page.gap import Gap


class Result(StrEnum):
    """What can be said of a page on which nothing differs and nothing failed."""

    TRUE = "true"
    """All that it shows was compared."""
    PARTLY = "partly"
    """Some of what it shows was compared."""
    RAN = "ran, nothing compared"
    """It shows no output that could be compared."""
    NOT_RUN = "not run"
    """It shows Python, or commands with their output, and none of it runs."""
    NOTHING = "nothing to run"
    """It shows no Python."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check of a page covers.

    Attributes:
        path: The page.
        blocks: How many blocks of it run.
        coverage: How many lines of its outputs are compared.
        gaps: What it shows that is not compared, and Python that does not run; by line.
    """

    path: str
    blocks: int
    coverage: Coverage
    gaps: tuple[Gap, ...] = ()

    @property
    def result(self) -> Result:
        """What can be said of the page if nothing differs and nothing fails."""
        if not self.blocks:
            return Result.NOT_RUN if self.gaps else Result.NOTHING
        if not self.coverage.compared:
            return Result.RAN
        return Result.PARTLY if self.gaps else Result.TRUE
