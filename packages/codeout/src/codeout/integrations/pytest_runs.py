"""The runs of the pages that pytest has collected, beside its other tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.engine.update import Update
from codeout.errors import CodeoutError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.errors import Problem
    from codeout.run.events import Event
    from codeout.run.job import Isolation


class PageRuns:
    """The pages that run in the pool, and their results.

    Args:
        project: Their project.
        plans: The pages.
        isolation: What they may not reach.
        together: Whether they run side by side, from the first test on; otherwise each runs when
            the first of its tests does.
    """

    def __init__(
        self,
        project: Project,
        plans: tuple[Plan, ...],
        isolation: Isolation,
        *,
        together: bool,
    ) -> None:
        self.plans = plans
        self._project = project
        self._isolation = isolation
        self._alone = {} if together else {plan.path: plan for plan in plans}
        first = plans if together else ()
        self._events: Iterator[Event | Update] = project.execute(first, isolation=isolation)
        self._updates: dict[str, Update] = {}

    def problems(self, path: str) -> Mapping[int, Sequence[Problem]]:
        """What is wrong with a page, by the index of a block; waits until it has run."""
        return self._update(path).problems_by_block()

    def failed(self, path: str) -> bool:
        """Whether a page failed, so that none of its outputs were compared."""
        return bool(self._update(path).problems)

    def close(self) -> None:
        """Stop the pages that still run."""
        if hasattr(self._events, "close"):
            self._events.close()

    def _update(self, path: str) -> Update:
        if plan := self._alone.pop(path, None):
            self._events = self._project.execute([plan], isolation=self._isolation)
        while path not in self._updates:
            event = next(self._events, None)
            if event is None:
                raise CodeoutError("the run of the pages ended early; the first failure says why")
            if isinstance(event, Update):
                self._updates[event.plan.path] = event
        return self._updates[path]
