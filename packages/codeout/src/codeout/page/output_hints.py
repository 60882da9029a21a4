"""What to write so that an output is compared that stands where none is looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from codeout.page.jsx import has_tabs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from codeout.page.block_finder import BlockFinder
    from codeout.page.directives import Directive
    from codeout.page.fence_slots import FenceSlots
    from codeout.page.page_source import PageSource

TAB: Final = "an output tab"
"""Where an output is compared, whatever it consists of."""

_MARK: Final = "`<!-- codeout: out -->` before the code"
_MOVE: Final = f"{_MARK}, and this right below, as far indented"
_REPLACE: Final = f"{_MARK}, in place of this"
_OWN: Final = "code of its own that prints it"


@dataclass(frozen=True, slots=True)
class OutputHints:
    """How the blocks of a page can have their outputs. Blocks are told by their first lines.

    Attributes:
        tabs: Whether pages like this one can have tabs.
        idle: The blocks that do not run.
        placed: The blocks whose outputs are elsewhere already, and those that nobody sees.
        tabbed: The blocks in tabs.
        reached: The lines that are the output of a block as soon as a comment says so.
    """

    tabs: bool = True
    idle: AbstractSet[int] = frozenset()
    placed: AbstractSet[int] = frozenset()
    tabbed: AbstractSet[int] = frozenset()
    reached: Mapping[int, range] = field(default_factory=dict)

    @property
    def anywhere(self) -> str:
        """What to write for the output of a block that has none elsewhere."""
        return TAB if self.tabs else _REPLACE

    def after(self, block: int, line: int, *, fence: bool) -> str:
        """What to write for an output below a block.

        Args:
            block: The block.
            line: The line where the output starts.
            fence: Whether it is in a fence of text, so that it can stay where it is.
        """
        if block in self.idle:
            return ""
        if block in self.placed:
            return _OWN
        if block in self.tabbed or not fence:
            return self.anywhere
        return _MARK if line in self.reached.get(block, ()) else _MOVE

    def named(self, block: int, nearest: str) -> str:
        """What to write for an output in a tab by another name; ``nearest`` if that helps."""
        return _OWN if block in self.placed else nearest


def hints_of(page: PageSource, found: BlockFinder, slots: FenceSlots) -> OutputHints:
    """How the blocks of a page can have their outputs.

    Args:
        page: The page.
        found: Its blocks.
        slots: Finds the outputs in its fences.
    """
    fences, blocks = page.structure.fences, found.blocks
    tabbed = {k for each in page.outputs for k in each.code.fences}
    filled = {k for each in page.outputs if each.start < each.end for k in each.code.fences}
    hidden = {k for k, block in blocks.items() if block.directive.hidden}
    placed = hidden | filled | found.interleaved.keys()
    free = blocks.keys() - placed - tabbed
    pieces = {k: slots.find(k, wanted=True, every=False) for k in free}

    def starts(indexes: AbstractSet[int]) -> frozenset[int]:
        return frozenset(fences[k].start for k in indexes)

    return OutputHints(
        tabs=has_tabs(page.path),
        idle=starts({k for k, each in blocks.items() if _stays_idle(each.directive)}),
        placed=starts(placed),
        tabbed=starts(tabbed),
        reached={fences[k].start: range(*piece[:2]) for k, piece in pieces.items() if piece},
    )


def _stays_idle(directive: Directive) -> bool:
    """Whether a block does not run, nor would with another directive beside its own."""
    return directive.skip and not directive.unmarked
