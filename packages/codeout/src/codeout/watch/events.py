"""The events of a watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.run.events import LiveEvent

if TYPE_CHECKING:
    from codeout.errors import CodeoutError, Problem
    from codeout.watch.rerun import Rerun


@dataclass(frozen=True, slots=True)
class Watching:
    """The watch has begun.

    Attributes:
        pages: How many pages it watches.
    """

    pages: int


@dataclass(frozen=True, slots=True)
class ConfigRejected:
    """The changed settings or lock cannot be used; those from before hold.

    Attributes:
        error: Why.
    """

    error: CodeoutError


@dataclass(frozen=True, slots=True)
class PageRemoved:
    """A page was removed while it ran, and its run was stopped.

    Attributes:
        path: The page.
    """

    path: str


@dataclass(frozen=True, slots=True)
class PageSettled:
    """A change of a page has been handled.

    Attributes:
        rerun: The result of running it.
        problems: Why the page was not written; empty if it was written or needed no change.
        notes: What else there is to tell about what was written.
    """

    rerun: Rerun
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def outcome(self) -> str:
        """``"written"``, ``"unchanged"`` or ``"failed"``."""
        if self.problems:
            return "failed"
        return "written" if self.rerun.update.writes else "unchanged"

    @property
    def source(self) -> bytes:
        """The bytes that the page was left with."""
        return self.rerun.update.plan.source if self.problems else self.rerun.update.after


WatchEvent = Watching | ConfigRejected | PageRemoved | PageSettled | LiveEvent
