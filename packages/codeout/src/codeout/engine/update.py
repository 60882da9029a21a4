"""The result of a run of a page: ``run`` writes it, ``check`` reports what it would change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeout.engine.installed_outputs import with_installed
from codeout.formats import format_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from codeout.engine.outcome import Outcome
    from codeout.engine.plan import Plan
    from codeout.errors import Problem
    from codeout.lock.record import Record
    from codeout.page.model import Slot


@dataclass(frozen=True, slots=True)
class Update:
    """The result of a run of a page.

    Attributes:
        plan: The page as it was.
        after: The bytes of the page with the outputs of the run; unchanged if all agree.
        pictures: Files to write, with their bytes; None for a file to remove.
        changes: The outputs that differ from those of the run.
        problems: Why the page cannot be written; none if it can.
        notes: What else to say of its outputs, such as why a figure is not interactive.
        record: Of the run, for the lock; None if not all ran, or there are problems.
        outcome: What was compared, in the page as it is after the run; None if there are problems.
    """

    plan: Plan
    after: bytes
    pictures: Mapping[Path, bytes | None] = field(default_factory=dict)
    changes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    record: Record | None = None
    outcome: Outcome | None = None

    @property
    def writes(self) -> bool:
        """Whether the page or its pictures are to be written."""
        return self.after != self.plan.source or bool(self.pictures)

    def changed_slots(self) -> Iterator[tuple[int, Slot]]:
        """Yield the places whose text changes, by their index, as they are in the new page."""
        form = format_of(self.plan.path)
        if self.after != self.plan.source:
            after = with_installed(form.parse(self.after, self.plan.path, self.plan.layout))
            slots = zip(self.plan.page.slots, after.slots, strict=True)
            yield from (
                (at, new) for at, (old, new) in enumerate(slots) if old.source != new.source
            )

    def problems_by_block(self) -> Mapping[int, Sequence[Problem]]:
        """Problems and changes, by the index of their block among those that run; -1: the page."""
        found: dict[int, list[Problem]] = {at: [] for at in range(len(self.plan.blocks))}
        for problem in (*self.problems, *self.changes):
            found.setdefault(self.plan.block_of(problem), []).append(problem)
        return found


def failed(plan: Plan, problems: Iterable[Problem]) -> Update:
    """The update of a page with problems: it stays as it is."""
    return Update(plan, plan.source, problems=tuple(problems))
