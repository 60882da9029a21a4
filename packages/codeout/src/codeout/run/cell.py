"""A block made ready to run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codeout.output.model import Ran


@dataclass(frozen=True, slots=True)
class Cell:
    """One block, ready to run: its code with includes expanded, and what it may do.

    Attributes:
        code: What runs.
        timeout: Seconds it may take.
        raises: Name of the exception that it must raise; empty for none.
        may_fail: It may raise anything, or nothing.
    """

    code: str
    timeout: float
    raises: str = ""
    may_fail: bool = False

    def forgives(self, ran: Ran) -> bool:
        """Whether the page goes on after this run of the cell."""
        if ran.error is None:
            return True
        return ran.error.is_a(self.raises) if self.raises else self.may_fail
