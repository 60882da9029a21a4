"""Outputs of a page as MyST reads them: with marks for notes, and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.page.document import parse
from codeout.page.fences import find_fences
from codeout.page.lines import plain_lines, split_lines
from codeout.page.model import SlotKind
from codeout.page.snippet_syntax import unescape_mark
from codeout.site.folded import CLOSING, opening
from codeout.site.notes import error_mark, made_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.engine.plan import Plan
    from codeout.page.fences import Fence
    from codeout.page.model import Page, Slot


def mark_outputs(text: str, plan: Plan, *, notes: bool = True) -> str:
    """Mark each output of a page at its end, and at its start if it shows an error.

    A mark takes the place of a blank line, so that other lines keep their numbers. What a fence
    without a language holds is said to be text, which nobody highlights as code. The escapes of
    snippets, which are there for Python-Markdown alone, are removed.

    Args:
        text: The page, with line endings of Unix.
        plan: The same page, as it is on disk.
        notes: Whether there are notes to mark the place of.

    Returns:
        The page; unchanged if its slots are not those of the page on disk.
    """
    page = _page(text, plan)
    if len(page.slots) != len(plan.page.slots):
        return text
    lines = text.split("\n")
    fences = find_fences(plain_lines(split_lines(text)))
    slots = {slot: at for at, slot in enumerate(page.slots)}
    for slot in reversed(page.outputs):
        if not slot.source or slot.kind not in {SlotKind.TABS, SlotKind.FENCE}:
            continue
        start = slot.line - 1
        end = start + len(split_lines(slot.source))
        _write_as_text(lines, fences, range(start, end))
        if slot.versions:
            _put(lines, slot, CLOSING, end, end)
            _fold(lines, slot, start)
        elif notes:
            at = slots[slot]
            _put(lines, slot, made_mark(plan, at), end, end)
            _put(lines, slot, error_mark(plan, at), start - 1, start)
    return "\n".join(lines)


def _page(text: str, plan: Plan) -> Page:
    """The page with its main outputs, read again if others have changed its text."""
    return parse(text.encode("utf-8", "surrogatepass"), plan.path, plan.layout)


def _write_as_text(lines: list[str], fences: Sequence[Fence], held: range) -> None:
    """Write the lines of an output for MyST."""
    inside = [fence for fence in fences if fence.start in held]
    for fence in inside:
        if not fence.info:
            lines[fence.start] = f"{lines[fence.start].rstrip()}text"
        for at in range(fence.start + 1, fence.end):
            lines[at] = unescape_mark(lines[at], quoted=">" in fence.prefix)


def _fold(lines: list[str], slot: Slot, start: int) -> None:
    """Put the mark above the output of a range of versions: in place of the comment there."""
    above = next(at for at in range(start - 1, -1, -1) if lines[at].strip("> \t"))
    mark = slot.prefix + opening(slot.versions)
    if "<!--" in lines[above] and "-->" in lines[above]:
        lines[above] = mark
    else:
        lines.insert(start, mark)


def _put(lines: list[str], slot: Slot, mark: str, free: int, otherwise: int) -> None:
    """Put a mark on a line if that is blank, else before another one."""
    if not mark:
        return
    blanks = "> \t" if ">" in slot.prefix else " \t"
    if free < len(lines) and not lines[free].strip(blanks):
        lines[free] = slot.prefix + mark
    else:
        lines.insert(otherwise, slot.prefix + mark)
