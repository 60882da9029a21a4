"""What a watch tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.run.events import LiveEvent

if TYPE_CHECKING:
    from codeout.errors import CodeoutError, Problem
    from codeout.watch.page_runner import Rerun


@dataclass(frozen=True, slots=True)
class Watching:
    """The watch has begun.

    Attributes:
        pages: How many pages it watches.
    """

    pages: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A change of the settings cannot be used; those from before hold."""

    error: CodeoutError


@dataclass(frozen=True, slots=True)
class Gone:
    """A page was gone while it ran, and was stopped.

    Attributes:
        path: The page.
    """

    path: str


@dataclass(frozen=True, slots=True)
class Dealt:
    """A change has been dealt with.

    Attributes:
        rerun: What came of it.
        problems: Why the page was not written; none if it was, or is true as it stands.
    """

    rerun: Rerun
    problems: tuple[Problem, ...]

    @property
    def outcome(self) -> str:
        """What became of the page."""
        if self.problems:
            return "failed"
        return "written" if self.rerun.update.writes else "unchanged"


Told = Watching | Refused | Gone | Dealt | LiveEvent
