"""What a page shows outside of its blocks and their outputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.page.any_fences import any_fences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from codeout.page.any_fences import AnyFence
    from codeout.page.structure import Structure
    from codeout.page.unfenced import Unfenced


@dataclass(frozen=True, slots=True)
class Outside:
    """What is outside of blocks and outputs, by the indexes of lines.

    Attributes:
        lines: All lines of the page, without endings.
        ends: The last line of each block, by its first one.
        comments: Lines in comments, which nobody sees.
        known: Lines of blocks, comments and outputs: nothing has to be said of these.
        code: The code that is neither, in fences and in none, by its first line.
    """

    lines: Sequence[str]
    ends: Mapping[int, int]
    comments: frozenset[int]
    known: frozenset[int]
    code: Mapping[int, AnyFence | Unfenced]


def outside_of(
    lines: Sequence[str],
    structure: Structure,
    ends: Mapping[int, int] = {},
    outputs: AbstractSet[int] = frozenset(),
) -> Outside:
    """Find what is outside of blocks and outputs.

    Args:
        lines: The lines of the page, without endings.
        structure: Its structure.
        ends: The index of the last line of each block, by that of its first one.
        outputs: The indexes of lines in outputs.
    """
    comments = frozenset(
        at for held in structure.comments for at in range(held.start, held.end + 1)
    )
    known = comments | outputs | ends.keys()
    fences = [*any_fences(lines)]
    inside = {at for fence in fences for at in range(fence.start, fence.end + 1)}
    unfenced = (code for code in structure.unfenced if code.start not in inside)
    code: dict[int, AnyFence | Unfenced] = {fence.start: fence for fence in fences}
    code |= {each.start: each for each in unfenced}
    code = {at: each for at, each in code.items() if at not in known}
    return Outside(lines, ends, comments, known, code)
