"""Commands for a shell in exported cells: all of one fence are a cell for bash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.page.model import blocks_of_fence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.page.model import Block


def commands_of_fence(first: Block, blocks: Sequence[Block]) -> str:
    """The commands of a fence, which share a shell in an export as well.

    Args:
        first: A command; there is nothing to export of a later one.
        blocks: The blocks of the page.
    """
    if first.continues:
        return ""
    held = blocks_of_fence(blocks, blocks.index(first))
    return "".join(blocks[at].code for at in held)


def bash_cell(block: Block, source: str) -> str:
    """The source of a cell with commands; in IPython, it fails with the last one."""
    option = " --no-raise-error" if block.directive.exit or block.may_fail else ""
    return f"%%bash{option}\n{source}"
