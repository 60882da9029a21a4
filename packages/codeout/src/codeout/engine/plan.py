"""The plan of a page: which blocks of it run, and whether they have to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.errors import Problem
from codeout.lock.record import Inputs
from codeout.lock.staleness import why_stale
from codeout.page.layout import Layout
from codeout.page.model import Page
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.lock.lockfile import Lock
    from codeout.lock.record import Record
    from codeout.output.shown import Shown
    from codeout.page.model import Block
    from codeout.run.job import Cell


@dataclass(frozen=True, slots=True)
class Plan:
    """A parsed page and its blocks that run.

    Attributes:
        path: The page's name: relative to the root, with forward slashes.
        file: Where it is.
        source: Its bytes.
        page: The parsed page.
        shown: The outputs that each slot shows now.
        blocks: Indexes of the blocks that run.
        cells: Those blocks, ready to run.
        sessions: The indexes of the cells, by the session that they run in.
        inputs: Digests of what decides its outputs.
        outputs: Digest of the outputs that it holds.
        problems: Why it cannot be run; none if it can.
        root: The root of the project.
        ours: What codeout writes beside pages: the lock, and the folder of figures.
        looked: The files that includes were looked for in.
        included: What is included and does not run or cannot be read, by the text of the include.
        layout: Where the settings have the outputs of the page, and which of its blocks run.
        rtol: The relative tolerance for numbers in its outputs.
        colour: Whether its outputs keep the colours of printed text.
        interactive: The libraries whose figures are interactive on it.
        needs: What a worker of a cluster must offer to run it, by the name of the resource.
        left: Indexes of blocks that do not run this time; nothing is known of their outputs.
    """

    path: str
    file: Path
    source: bytes = b""
    page: Page = Page("", ())
    shown: tuple[tuple[Shown, ...], ...] = ()
    blocks: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()
    sessions: tuple[tuple[int, ...], ...] = ()
    inputs: Inputs = Inputs("")
    outputs: str = ""
    problems: tuple[Problem, ...] = ()
    root: Path = Path()
    ours: tuple[Path, ...] = ()
    looked: frozenset[Path] = frozenset()
    included: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = Layout()
    rtol: float = 0.0
    colour: bool = False
    interactive: tuple[str, ...] = ()
    needs: Mapping[str, float] = field(default_factory=dict)
    left: frozenset[int] = frozenset()

    @property
    def running(self) -> tuple[Block, ...]:
        """The blocks that run."""
        return tuple(self.page.blocks[at] for at in self.blocks)

    def block_of(self, problem: Problem) -> int:
        """The index, among the blocks that run, of the one that a problem is about; -1 for none.

        All cells of a notebook may be on one line; their names tell them apart.
        """
        blocks = [*enumerate(self.running)]
        above = max((at for at, block in blocks if block.line <= problem.line), default=-1)
        return next((at for at, block in blocks if block.is_named_by(problem.message)), above)

    def up_to(self, at: int) -> Plan:
        """The plan to run a block, and those before it in its session, and no other.

        Args:
            at: The index of the block, among those that run.
        """
        session = next(each for each in self.sessions if at in each)
        held = [index for index in session if index <= at]
        blocks = tuple(self.blocks[index] for index in held)
        return replace(
            self,
            blocks=blocks,
            cells=tuple(self.cells[index] for index in held),
            sessions=(tuple(range(len(held))),),
            left=frozenset({*self.blocks} - {*blocks}),
        )

    def reasons(self, lock: Lock) -> tuple[str, ...]:
        """Why the page must run; none if it is fresh, or never had anything to run."""
        record = lock.get(self.path)
        if self.cells:
            return why_stale(self.inputs, self.outputs, record, self.root, self.ours)
        return (_lost(record),) if record and record.blocks else ()

    def lost(self, record: Record | None) -> Problem | None:
        """The problem that blocks of the page ran before and that it has none now."""
        if self.cells or self.problems or not (record and record.blocks):
            return None
        hint = "look whether something took them out of their tabs; `codeout run` forgets them"
        return Problem(self.path, 0, _lost(record), hint)


def _lost(record: Record) -> str:
    return f"{plural(record.blocks, 'block')} ran before, and none is left"
