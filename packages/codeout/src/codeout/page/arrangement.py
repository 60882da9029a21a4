"""Arranges the blocks of a page and the slots of their outputs: which comes where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from codeout.errors import Problem
from codeout.page.model import Slot, SlotKind
from codeout.page.slot_maker import SlotMaker
from codeout.page.version_range import problems_of_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.page.annotated_html import Comment
    from codeout.page.fence_slots import FenceSlots
    from codeout.page.model import Block, Part
    from codeout.page.page_source import PageSource

_TWO_PLACES: Final = "a second place for an output: what the code prints stands elsewhere already"
_LEAVE_OUT: Final = "leave `out` away"


class Interleaved(Protocol):
    """A fence of code with its outputs between its lines."""

    @property
    def count(self) -> int:
        """How many blocks it is."""

    def pieces(self, first: int) -> Iterator[tuple[int, int, Block | Slot]]:
        """Yield its blocks and slots, each with its start and its end.

        Args:
            first: The index of the first block among all of the page.
        """

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield what in it is wrong."""


@dataclass(slots=True)
class Arrangement:
    """The blocks and the slots of a page, in order.

    Attributes:
        pieces: Each with its start and the end, in lines from 0.
        problems: Outputs without a place, or with two.
        marks: The comments that make a fence an output.
        outputs: The indexes of the lines of outputs in fences.
    """

    pieces: list[tuple[int, int, Part]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    marks: set[Comment] = field(default_factory=set)
    outputs: set[int] = field(default_factory=set)


def arrange(
    page: PageSource,
    blocks: Mapping[int, Block],
    interleaved: Mapping[int, Interleaved],
    slots: FenceSlots,
) -> Arrangement:
    """Arrange the blocks of a page and the slots of their outputs.

    Args:
        page: The page.
        blocks: Its fences with code as blocks, by their index.
        interleaved: Those of them with outputs between their lines.
        slots: Finds the outputs in fences.
    """
    done = Arrangement()
    order = _number(page, blocks, interleaved, done)
    cells = {k: block for k, block in blocks.items() if k not in interleaved}
    _note_two_places(page, blocks, interleaved, slots, done)
    maker = SlotMaker(page.raw, page.lines, page.structure, cells, order)
    in_tabs = [*maker.pieces(page.outputs, page.layout.out[0])]
    done.pieces += in_tabs
    done.marks.update(_comments_above(in_tabs, maker.ranges))
    _add_output_fences(page, cells, order, slots, done)
    done.pieces.sort(key=lambda piece: piece[:2])
    done.problems += _problems_of_ranges(page, maker.ranges, done)
    return done


def _number(
    page: PageSource,
    blocks: Mapping[int, Block],
    interleaved: Mapping[int, Interleaved],
    done: Arrangement,
) -> dict[int, int]:
    """Add the blocks; returns the index of the first block of each fence."""
    order: dict[int, int] = {}
    number = 0
    for index, block in sorted(blocks.items()):
        order[index] = number
        if fence := interleaved.get(index):
            done.pieces += fence.pieces(number)
            done.problems += fence.problems(page.path)
            number += fence.count
        else:
            held = page.structure.fences[index]
            done.pieces.append((held.start, held.end + 1, block))
            number += 1
    return order


def _note_two_places(
    page: PageSource,
    blocks: Mapping[int, Block],
    interleaved: Mapping[int, Interleaved],
    slots: FenceSlots,
    done: Arrangement,
) -> None:
    """Note the outputs in tabs or between the lines of their code that have another place too."""
    for output in page.outputs:
        if output.start < output.end and interleaved.keys() & set(output.code.fences):
            hint = "remove the tab, or the other output"
            done.problems.append(Problem(page.path, output.start + 1, _TWO_PLACES, hint))
    in_tabs = {k for output in page.outputs for k in output.code.fences}
    running = {k for k, b in blocks.items() if not (b.directive.skip or b.directive.hidden)}
    for index in sorted(running & (in_tabs | interleaved.keys())):
        block, marks = blocks[index], slots.marks(index)
        lines = [block.line] if block.directive.out else [mark.start + 1 for mark in marks]
        done.marks.update(marks)
        done.problems += (Problem(page.path, line, _TWO_PLACES, _LEAVE_OUT) for line in lines)


def _add_output_fences(
    page: PageSource,
    cells: Mapping[int, Block],
    order: Mapping[int, int],
    slots: FenceSlots,
    done: Arrangement,
) -> None:
    """Add the slots that are fences."""
    in_tabs = {k for output in page.outputs for k in output.code.fences}
    every = SlotKind.FENCE in page.layout.outputs
    for index, block in cells.items():
        if index in in_tabs or block.directive.skip or block.directive.hidden:
            continue
        if piece := slots.find(index, wanted=block.directive.out, every=every):
            start, end, slot = piece
            done.marks.update(slots.marks(index))
            done.outputs.update(range(start, end))
            blocks = (order[index],)
            done.pieces.append((start, end, replace(slot, blocks=blocks)))
            for comment, first, last, other in slots.by_versions(index, end):
                done.marks.add(comment)
                done.outputs.update(range(first, last))
                done.pieces.append((first, last, replace(other, blocks=blocks)))


def _comments_above(
    pieces: Sequence[tuple[int, int, Slot]], ranges: Sequence[Comment]
) -> Iterator[Comment]:
    """Yield the comments above the outputs of ranges of versions."""
    for start, _, slot in pieces:
        above = [comment for comment in ranges if comment.end < start]
        yield from above[-1:] if slot.versions else ()


def _problems_of_ranges(
    page: PageSource, ranges: Sequence[Comment], done: Arrangement
) -> Iterator[Problem]:
    """Yield what is wrong with the ranges of versions of outputs."""
    slots = [(start, part) for start, _, part in done.pieces if isinstance(part, Slot)]
    for main in (slot for _, slot in slots if not slot.versions):
        own = [(at, slot) for at, slot in slots if slot.versions and slot.blocks == main.blocks]
        lines = [max(each.start for each in ranges if each.end < at) + 1 for at, _ in own]
        named = [*zip(lines, (slot.versions for _, slot in own), strict=True)]
        yield from problems_of_ranges(page.path, main, named)
