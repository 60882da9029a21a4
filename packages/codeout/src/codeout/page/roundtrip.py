"""Whether a page with new outputs is read as it was written.

Where a page is broken around a code tab, an output may become part of something else, or make
something else of what follows it: below a fence or a comment that nothing closes, for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.page.model import Slot, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.page.model import Page


def first_misread(filled: Page, again: Page, fences: Mapping[int, int]) -> int | None:
    """Find the first new output that makes a page another one.

    Args:
        filled: A page with new bodies in some slots.
        again: The same page, put together and taken apart again.
        fences: How many fences the new bodies have, by the index of their slot.

    Returns:
        The index of that slot; None where the page is read as it was written.
    """
    read = again.slots
    for at in sorted(fences):
        comment = "<!--" in filled.slots[at].source  # its end could be that of a stray one
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
