"""Compares the outputs that a slot shows with those of a run, and merges them if they differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from codeout.output.colours import restyled
from codeout.output.commented import laid_out_as, same_comments, width_of
from codeout.output.compare import agrees, merge
from codeout.output.doctest_compare import agrees_as_doctest
from codeout.output.shown import Picture, Printed, Rich
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.output.figures import Pictures
    from codeout.output.shown import Shown
    from codeout.page.model import Page, Slot


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the outputs in a slot are compared, by the directives of its blocks.

    Attributes:
        rtol: Relative tolerance for numbers with a decimal point.
        volatile: Whether they are not compared at all.
        width: How wide a line is where texts that are the same Python agree, however they are laid
            out; 0 elsewhere.
        options: The options of doctest that loosen the comparison.
    """

    rtol: float
    volatile: bool
    width: int = 0
    options: tuple[str, ...] = ()


def comparison_of(page: Page, slot: Slot, rtol: float) -> Comparison:
    """How the outputs in a slot are compared; ``rtol`` holds unless a directive sets another."""
    blocks = [page.blocks[index] for index in slot.blocks]
    directives = [block.directive for block in blocks]
    own = (directive.rtol for directive in directives if directive.rtol is not None)
    return Comparison(
        rtol=max(own, default=rtol),
        volatile=any(directive.volatile for directive in directives),
        width=width_of(slot) if slot.kind is SlotKind.COMMENTS else 0,
        options=tuple(option for block in blocks for option in block.options),
    )


def same_outputs(
    old: Sequence[Shown], new: Sequence[Shown], comparison: Comparison, pictures: Pictures
) -> bool:
    """Whether the outputs that a slot shows agree with those of a run, one by one."""
    return len(old) == len(new) and all(
        _same_output(before, after, comparison, pictures)
        for before, after in zip(old, new, strict=True)
    )


def _same_output(old: Shown, new: Shown, comparison: Comparison, pictures: Pictures) -> bool:
    rtol = comparison.rtol
    match old, new:
        case _ if old.kind != new.kind:
            return False
        case Printed(), Printed():
            same = agrees_as_doctest(old.text, new.text, rtol, comparison.options)
            return same or (comparison.width > 0 and same_comments(old.text, new.text, rtol))
        case Rich(), Rich():
            return agrees(old.html, new.html, rtol)
        case Picture(), Picture():
            return pictures.agree(old, new, rtol)
        case _:
            return False


def same_presence(old: Sequence[Shown], new: Sequence[Shown]) -> bool:
    """Whether the texts that have colours are the same ones; which colours does not matter."""
    return all(
        bool(before.styled) == bool(after.styled)
        for before, after in zip(old, new, strict=True)
        if isinstance(before, Printed) and isinstance(after, Printed)
    )


def merge_outputs(
    old: Sequence[Shown], new: Sequence[Shown], comparison: Comparison, pictures: Pictures
) -> tuple[Shown, ...]:
    """The new outputs, with the elisions and the descriptions of pictures that authors wrote.

    In comments, a value is laid out if the one at the same place was.

    A text takes the elisions of the text at the same place; a picture is described as the picture
    with the same number among the pictures.
    """
    merged: list[Shown] = []
    old_pictures = iter([item for item in old if isinstance(item, Picture)])
    for at, item in enumerate(new):
        before = old[at] if at < len(old) else None
        if isinstance(item, Picture):
            merged.append(_described(item, next(old_pictures, item), comparison.rtol, pictures))
        elif isinstance(item, Printed) and isinstance(before, Printed):
            width = comparison.width
            text = laid_out_as(before.text, item.text, width) if width > 0 else item.text
            text = merge(before.text, text, comparison.rtol)
            styled = restyled(text, item.styled)
            merged.append(replace(item, text=text, styled=styled if "\x1b" in styled else ""))
        else:
            merged.append(item)
    return tuple(merged)


def _described(new: Picture, old: Picture, rtol: float, pictures: Pictures) -> Picture:
    """A new picture with the description of the old one; its file stays if both look the same."""
    target = old.target if pictures.agree(old, new, rtol) else new.target
    return replace(old, target=target, kind=new.kind, frame=new.frame)
