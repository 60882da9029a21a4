"""The table of all pages: how much of each runs and is asserted, and when it last ran."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from codeout.output.coverage import Coverage
from codeout.run.magics import syntax_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from codeout.engine.outcome import Result
    from codeout.engine.plan import Plan
    from codeout.engine.status import Status
    from codeout.lock.record import Record


@dataclass(frozen=True, slots=True)
class Row:
    """One page.

    Attributes:
        path: The page, relative to the project's folder.
        blocks: How many blocks run.
        assertions: How many ``assert`` statements these contain, including those of snippets.
        errors: How many of the blocks may raise an error.
        coverage: How many lines of the outputs are compared.
        result: What can be said of it if it is fresh.
        fresh: Whether the outputs are as recorded.
        record: The record of the last run; None if the page never ran.
    """

    path: str
    blocks: int
    assertions: int
    errors: int
    coverage: Coverage
    result: Result
    fresh: bool
    record: Record | None


@dataclass(frozen=True, slots=True)
class Verification:
    """All pages that have something to run, and their totals.

    Attributes:
        rows: The pages.
        environments: The names of the environments of the matrix that the pages were checked in.
    """

    rows: tuple[Row, ...]
    environments: tuple[str, ...] = ()

    @property
    def blocks(self) -> int:
        """How many blocks run."""
        return sum(row.blocks for row in self.rows)

    @property
    def assertions(self) -> int:
        """How many ``assert`` statements they contain."""
        return sum(row.assertions for row in self.rows)

    @property
    def errors(self) -> int:
        """How many blocks may raise an error."""
        return sum(row.errors for row in self.rows)

    @property
    def coverage(self) -> Coverage:
        """How many lines of the outputs are compared."""
        return sum((row.coverage for row in self.rows), Coverage())

    @property
    def stale(self) -> int:
        """How many pages are stale."""
        return sum(not row.fresh for row in self.rows)

    @property
    def seconds(self) -> float:
        """How long all pages ran together, in seconds."""
        return sum(row.record.seconds for row in self.rows if row.record)


def verify(pages: Iterable[tuple[Plan, Status]], environments: Sequence[str] = ()) -> Verification:
    """Make the table of the pages that have something to run, in the order given.

    Args:
        pages: The pages.
        environments: The names of the environments of the matrix, in order.
    """
    rows = tuple(
        Row(
            plan.path,
            len(plan.cells),
            sum(count_assertions(cell.code) for cell in plan.cells if not cell.language),
            sum(bool(cell.raises or cell.may_fail) for cell in plan.cells),
            status.coverage,
            status.outcome.result,
            status.fresh,
            status.record,
        )
        for plan, status in pages
        if plan.cells or plan.problems or status.outcome.gaps
    )
    tested = {name for row in rows if row.record for name in row.record.matrix}
    return Verification(rows, tuple(name for name in environments if name in tested))


@lru_cache(4096)  # blocks: a server of a site counts them again at each save
def count_assertions(code: str) -> int:
    """How many ``assert`` statements a block holds; none where it is not Python."""
    tree = syntax_tree(code)
    return sum(isinstance(node, ast.Assert) for node in ast.walk(tree)) if tree else 0
