"""The blocks of a page as the choice of what runs sees them: their places, names and outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.adopt.block_names import names_of
from codeout.page.modes import RunMode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from codeout.adopt.draft import Draft
    from codeout.adopt.places import Place
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may run.

    Attributes:
        key: Its line in the page as it is, and its name.
        comment: The place for a comment before its fence, if there is one.
        option: The place for an option of doctest, likewise.
        marked: Whether it runs where only marked blocks do.
        session: What it shares its names with: the docstring and the session that it is in.
        reads: The names that it reads before it binds them.
        binds: The names that it binds.
    """

    key: tuple[int, str]
    comment: Place | None = None
    option: Place | None = None
    marked: bool = False
    session: tuple[int, int] = (0, 0)
    reads: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The blocks of a page that may run, in order.

    Attributes:
        blocks: The blocks.
        slots: The indexes of the blocks of each output that the page shows.
    """

    blocks: tuple[Candidate, ...]
    slots: tuple[tuple[int, ...], ...] = ()

    def broken(self, running: Collection[int]) -> set[int]:
        """The blocks that fail because they read names that no block before them binds any more.

        Args:
            running: The indexes of those that run.
        """
        bound: dict[tuple[int, int], set[str]] = {}
        there: dict[tuple[int, int], set[str]] = {}
        found: set[int] = set()
        for at, block in enumerate(self.blocks):
            once = bound.setdefault(block.session, set())
            still = there.setdefault(block.session, set())
            if at in running and block.reads & once - still:
                found.add(at)
            elif at in running:
                still |= block.binds
            once |= block.binds
        return found

    def binder(self, at: int, running: Collection[int]) -> int | None:
        """The last block before another that binds a name that it reads, and that does not run."""
        block = self.blocks[at]
        for before in range(at - 1, -1, -1):
            each = self.blocks[before]
            same = each.session == block.session
            if same and before not in running and each.binds & block.reads:
                return before
        return None

    def outputs(self, running: Collection[int]) -> int:
        """How many outputs all of whose blocks run."""
        return sum({*slot} <= {*running} for slot in self.slots)


def candidates(draft: Draft, config: Config, tried: Plan) -> Candidates:
    """The blocks of a page that may run.

    Args:
        draft: The page; its directives and what of it runs do not matter.
        config: The settings of the project.
        tried: The page as it was tried.
    """
    plan = tried if draft.is_whole else draft.running(RunMode.ALL).plan(config)
    some = draft.running(RunMode.MARKED).plan(config)
    marked = {(block.line, block.name) for block in some.running}
    sessions = {cell: number for number, cells in enumerate(plan.sessions) for cell in cells}
    places = draft.places()
    blocks = []
    for cell, (block, ready) in enumerate(zip(plan.running, plan.cells, strict=False)):
        names = names_of(ready.code)
        blocks.append(
            Candidate(
                (block.line, block.name),
                places.comment(block.line),
                places.option(block.line),
                (block.line, block.name) in marked,
                (block.docstring, sessions.get(cell, 0)),
                names.read,
                names.bound,
            )
        )
    return Candidates(tuple(blocks), tuple(_slots(plan)))


def _slots(plan: Plan) -> Iterator[tuple[int, ...]]:
    """Yield the indexes, among the blocks that run, of those of each output that is shown."""
    cells = {at: cell for cell, at in enumerate(plan.blocks)}
    for slot in plan.page.slots:
        if slot.source:
            yield tuple(cells.get(at, -1) for at in slot.blocks)
