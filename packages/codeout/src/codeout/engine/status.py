"""Whether a page is fresh, found without running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codeout.engine.outcome import Outcome
    from codeout.errors import Problem
    from codeout.lock.record import Record
    from codeout.output.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a page is fresh or stale, found without running it.

    Attributes:
        path: The page.
        problems: Why it cannot run; none if it can.
        reasons: Why it is stale; none if its outputs are as recorded.
        record: Of its last run; None if it never ran.
        outcome: What a check of it covers.
        foreign: What stands in its outputs and a run does not replace; none if they are as
            recorded.
    """

    path: str
    problems: tuple[Problem, ...]
    reasons: tuple[str, ...]
    record: Record | None
    outcome: Outcome
    foreign: tuple[Problem, ...] = ()

    @property
    def blocks(self) -> int:
        """How many blocks of it run."""
        return self.outcome.blocks

    @property
    def coverage(self) -> Coverage:
        """How many lines of its outputs are compared."""
        return self.outcome.coverage

    @property
    def idle(self) -> bool:
        """Whether nothing of the page runs, and nothing ever did."""
        return not (self.blocks or self.problems or self.reasons or self.record)

    @property
    def fresh(self) -> bool:
        """Whether the page can run and its outputs are as recorded."""
        return not self.problems and not self.reasons
