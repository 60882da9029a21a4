"""What a run for an editor gave: the process that runs pages tells it to the language server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codeout.engine.block_text import text_of
from codeout.errors import Problem

if TYPE_CHECKING:
    from codeout.watch.rerun import Rerun


@dataclass(frozen=True, slots=True)
class RunResult:
    """The result of a run up to a block.

    Attributes:
        at: The index of the block, among those of the page that run.
        seconds: How long the run took.
        texts: What each block of its session left, up to that one.
        problems: Why blocks failed.
        changes: Outputs of the page that differ from those of the run.
        after: The page with the outputs of the run; empty if they are there already, or if figures
            would have to be written with it.
    """

    at: int
    seconds: float
    texts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: tuple[Problem, ...] = ()
    after: str = ""

    @classmethod
    def of(cls, rerun: Rerun, at: int) -> RunResult:
        """The result of a run up to the block at an index."""
        update, transcript = rerun.update, rerun.transcript
        cells = range(len(update.plan.cells))
        writes = update.after != update.plan.source and not update.pictures
        return cls(
            at,
            round(rerun.seconds, 2),
            tuple(text_of(transcript, index) for index in cells) if transcript else (),
            update.problems,
            update.changes,
            update.after.decode("utf-8", "surrogatepass") if writes else "",
        )

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> RunResult:
        """The result that was told as JSON."""
        lists = {name: tuple(Problem(**each) for each in told[name]) for name in _PROBLEMS}
        return cls(**{**told, **lists, "texts": tuple(told["texts"])})


_PROBLEMS = ("problems", "changes")
