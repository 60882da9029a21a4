"""Where a run can be asked for, and what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from codeout.lsp.hover import printed
from codeout.page.model import blocks_of_fence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.engine.plan import Plan
    from codeout.lsp.findings import EditorRun

_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Lens:
    """Something to click on above a block.

    Attributes:
        line: The line of the block, counted from 1.
        at: The index of its last statement, among the blocks that run.
        title: What it says.
        stops: Whether it stops a run.
    """

    line: int
    at: int
    title: str
    stops: bool = False


def lenses(plan: Plan, ran: EditorRun | None, running: int | None) -> Iterator[Lens]:
    """Yield a lens for each fence that runs.

    Args:
        plan: The page.
        ran: Its last run in the editor, if there was one.
        running: The index of the block that runs now, if one does.
    """
    blocks = plan.running
    for at, block in enumerate(blocks):
        if block.continues:
            continue
        held = blocks_of_fence(blocks, at)
        if running is not None and running in held:
            yield Lens(block.line, held[-1], f"Running {block.title}: stop", stops=True)
            continue
        title = "Run to here"
        texts = [printed(ran, plan, index) for index in held]
        if None not in texts:
            title += f": {_shortened(' '.join(filter(None, texts)))}"
        yield Lens(block.line, held[-1], title)


def _shortened(text: str) -> str:
    lines = text.strip().splitlines()
    if not lines:
        return "nothing printed"
    cut = len(lines) > 1 or len(lines[0]) > _LONGEST
    return lines[0][:_LONGEST] + " …" * cut
