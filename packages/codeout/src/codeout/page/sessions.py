"""The sessions of a page: which blocks run one after the other in an interpreter of their own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from codeout.page.modes import SessionMode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.page.model import Block


def sessions_of(blocks: Sequence[Block], mode: str) -> tuple[tuple[int, ...], ...]:
    """The indexes of blocks by session, in the order in which the sessions begin.

    Args:
        blocks: The blocks that run.
        mode: See ``SessionMode``.
    """
    begun: Counter[str] = Counter()
    found: dict[tuple[str, int], list[int]] = {}
    for at, block in enumerate(blocks):
        directive = block.directive
        alone = mode == SessionMode.BLOCK and not directive.group and not directive.hidden
        if (directive.fresh or alone) and not block.continues:
            begun[directive.group] += 1
        found.setdefault((directive.group, begun[directive.group]), []).append(at)
    return tuple(map(tuple, found.values()))
