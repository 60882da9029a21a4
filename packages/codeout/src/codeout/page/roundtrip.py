"""A check that a page with new outputs is parsed as it was written.

If the Markdown around a code tab is broken, an output may become part of something else, or change
the text that follows it: for example, below a fence or a comment that is never closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.page.model import Slot, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.page.model import Page


def first_misread(filled: Page, again: Page, fences: Mapping[int, int]) -> int | None:
    """Find the first new output that changes how the page is parsed.

    Args:
        filled: A page with new bodies in some slots.
        again: The same page, rendered and parsed again.
        fences: The number of fences in each new body, by the index of its slot.

    Returns:
        The index of its slot; None if the page is parsed as it was written.
    """
    read = again.slots
    for at in sorted(fences):
        comment = "<!--" in filled.slots[at].source  # its end may become the end of a stray comment
        if at >= len(read) or read[at].fences != fences[at] or (comment and filled.strays):
            return at
    changed = _outline(filled) != _outline(again) or filled.strays != again.strays
    return min(fences) if fences and changed else None


def _outline(page: Page) -> list[tuple[object, ...]]:
    return [
        (part.line, part.source, part.blocks)
        if isinstance(part, Slot)
        else (part.line, part.source.rstrip(), part.directive)
        for part in page.parts
        if not isinstance(part, Text)
    ]
