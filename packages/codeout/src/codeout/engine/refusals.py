"""Why the output of a run cannot be written where a page has its outputs."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.formats import format_of
from codeout.output import console, typed
from codeout.page.model import SlotKind
from codeout.page.printed_comments import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.engine.plan import Plan
    from codeout.output.figures import Pictures
    from codeout.output.shown import Picture, Shown
    from codeout.page.model import Slot

_NOT_PRINTED: Final = "is not what the code prints, nor made by codeout"
_NOT_MADE: Final = "is not made by codeout, and `run` does not replace it"


def made_by_others(
    plan: Plan, slot: Slot, made: Callable[[Picture], bool], fault: str = _NOT_PRINTED
) -> Iterator[Problem]:
    """Yield what stands in place of the output of a run and is no output that codeout wrote.

    Args:
        plan: The page.
        slot: The place.
        made: Whether codeout made a picture.
        fault: What is wrong with it.
    """
    for offset, what in format_of(plan.path).foreign(slot, made):
        hint = "move it elsewhere, or remove it: codeout writes the output there"
        if slot.kind is SlotKind.TRANSCRIPTS and what == typed.BLANK_LINE:
            hint = f"write {typed.BLANK} for an empty line of it, or move other text elsewhere"
        yield Problem(plan.path, slot.line + offset, f"a {what} in an output {fault}", hint)


def foreign_outputs(plan: Plan, pictures: Pictures) -> tuple[Problem, ...]:
    """What a run of a page that has changed does not replace, found without running it."""
    if plan.problems:
        return ()
    made = partial(pictures.made, recorded=False)
    found = (made_by_others(plan, slot, made, _NOT_MADE) for slot in plan.page.slots)
    return tuple(chain.from_iterable(found))


def no_place(plan: Plan, slot: Slot, new: Sequence[Shown]) -> Iterator[Problem]:
    """Yield why the format of the page has no place for an output."""
    message, hint = format_of(plan.path).refuses(new, slot)
    if message:
        block = plan.page.blocks[slot.blocks[-1]]
        yield Problem(plan.path, block.line, message, hint)


def comments(
    plan: Plan, slot: Slot, old: Sequence[Shown], new: Sequence[Shown]
) -> Iterator[Problem]:
    """Yield the comments of an author in the place of the output of a command."""
    for offset in console.comments(old, new) if slot.kind is SlotKind.CONSOLE else ():
        message = "a comment below a command, where its output is"
        hint = "move it above the fence, or to the end of the command"
        yield Problem(plan.path, slot.line + offset, message, hint)


def unprinted(plan: Plan, slot: Slot, *, recorded: bool) -> Iterator[Problem]:
    """Yield the text in the place of an output of code that shows nothing.

    Args:
        plan: The page.
        slot: The place, which holds a text.
        recorded: Whether the outputs of the page are those of its record, so that codeout wrote it.
    """
    if slot.kind is SlotKind.COMMENTS:
        yield Problem(plan.path, slot.line, *NOTHING)
    marked = any(plan.page.blocks[at].directive.out for at in slot.blocks)
    if slot.kind is SlotKind.FENCE and not (marked or recorded):
        message = "a fence after code that shows nothing: its text is no output of the code"
        hint = "write a line between the two, show the value, or remove the text"
        yield Problem(plan.path, slot.line, message, hint)


def misread(plan: Plan, slot: Slot) -> Problem:
    """An output that would change what is a block or an output on the page."""
    block = plan.page.blocks[slot.blocks[-1]]
    message = block.with_name("with its output, the page would be read as another one")
    hint = "close the fence, the comment or the HTML that is left open near it"
    if slot.kind in {SlotKind.TRANSCRIPTS, SlotKind.CONSOLE}:
        hint = "a line of it looks like a prompt, or like the end of the fence: print another"
    return Problem(plan.path, block.line, message, hint)
