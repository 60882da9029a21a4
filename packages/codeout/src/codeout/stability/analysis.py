"""Compares the outputs of several runs of a page.

Finds what an output moves with, and the narrowest comment that allows it. No input or output.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Final

from codeout.output.compare import agrees, elides, merge
from codeout.output.diff import changed_ranges
from codeout.output.images import same_picture
from codeout.stability.variants import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.stability.variants import Variation

Seen = tuple[str | bytes, ...]
"""The contents of one slot: texts, and pictures as their bytes."""

TOLERANCES: Final = tuple(f"{digit}e-{exponent}" for exponent in range(6, 0, -1) for digit in "125")
"""Values of ``rtol=`` to propose, narrowest first. A tolerance of 1 would allow any number."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The narrowest way to let an output move as it did.

    Attributes:
        word: ``rtol=5e-2``, ``...`` or ``volatile``; empty if the output may move already.
        seen: For ``...``, the output with elisions in place of the lines that move.
    """

    word: str = ""
    seen: Seen = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """An output that moved.

    Attributes:
        causes: The changes that move it.
        runs: Its contents in each run, the usual one first, with the elisions of the page.
        allowed: Whether the comments of the page allow all of it.
        proposal: The narrowest comment.
    """

    causes: tuple[Kind, ...]
    runs: tuple[tuple[Variation, Seen], ...]
    allowed: bool
    proposal: Proposal


def examine(
    runs: Sequence[tuple[Variation, Seen]], stored: Seen, rtol: float, *, volatile: bool
) -> Finding | None:
    """Find how an output moved; None if it was the same in all runs.

    Args:
        runs: Its contents in each run, the usual one first.
        stored: Its contents in the page, elisions included.
        rtol: The relative tolerance of the output.
        volatile: Whether it is not compared at all.
    """
    (usual, first), *others = runs
    first = elided_as(stored, first)
    known = ((usual, first), *((variation, elided_as(first, seen)) for variation, seen in others))
    if all(_unmoved(first, seen) for _, seen in known):
        return None
    proposal = narrowest([seen for _, seen in known], rtol)
    return Finding(causes(known), known, volatile or not proposal.word, proposal)


def causes(runs: Sequence[tuple[Variation, Seen]]) -> tuple[Kind, ...]:
    """The changes that move an output; if it moves from run to run, no other cause can be found.

    ``Kind.AGAIN`` means that two runs with the same seed agreed; without two such runs the result
    is empty.
    """
    (_, usual), *others = runs
    seeded: dict[int, Seen] = {}
    moved: set[Kind] = set()
    pairs = 0
    for variation, seen in others:
        if variation.kind is Kind.SEED:
            seeded[variation.number] = seen
        if variation.kind is Kind.SAME_SEED:
            pairs += variation.number in seeded
            if not _unmoved(seeded.get(variation.number, seen), seen):
                return (Kind.SAME_SEED,)
        elif not _unmoved(usual, seen):
            moved.add(variation.kind)
    if Kind.AGAIN in moved:
        return (Kind.AGAIN,) if pairs else ()
    return tuple(kind for kind in Kind if kind in moved)


def narrowest(seen: Sequence[Seen], rtol: float) -> Proposal:
    """The narrowest way to make all runs agree, whichever of them is stored.

    Args:
        seen: The contents of an output in each run.
        rtol: The relative tolerance that it has already.
    """
    different = tuple(dict.fromkeys(seen))

    def suffices(rtol: float) -> bool:
        return all(_same_outputs(old, new, rtol) for old, new in permutations(different, 2))

    if suffices(rtol):
        return Proposal()
    wider = [word for word in TOLERANCES if float(word) > rtol]
    if wider and suffices(float(wider[-1])):
        return Proposal(f"rtol={next(word for word in wider if suffices(float(word)))}")
    short = _shortened(different, rtol)
    return Proposal("volatile") if short is None else Proposal("...", short)


def elided_as(stored: Seen, seen: Seen) -> Seen:
    """The contents of a run with the elisions of the page."""
    there = (*stored, *(b"" for _ in seen))
    return tuple(_merged(old, new) for old, new in zip(there, seen, strict=False))


def _merged(old: str | bytes, new: str | bytes) -> str | bytes:
    if isinstance(old, bytes) or isinstance(new, bytes):
        return new
    return merge(old, new, rtol=0)


def _unmoved(old: Seen, new: Seen) -> bool:
    """Whether nothing moved. The blanks that numbers are aligned with do not count."""
    return _same_outputs(old, new, rtol=0)


def _same_outputs(old: Seen, new: Seen, rtol: float) -> bool:
    """Whether outputs agree, one by one; what pages show is compared in ``engine/outputs``."""
    return len(old) == len(new) and all(
        _same_output(before, after, rtol) for before, after in zip(old, new, strict=True)
    )


def _same_output(old: str | bytes, new: str | bytes, rtol: float) -> bool:
    match old, new:
        case str(), str():
            return agrees(old, new, rtol)
        case bytes(), bytes():
            return same_picture(old, new)
        case _:
            return False


def _shortened(seen: Sequence[Seen], rtol: float) -> Seen | None:
    """The first of some contents with elisions that make it agree with all; None if none do.

    Each text must keep a line, or nothing of it would be compared.
    """
    first, *others = seen
    if any(len(other) != len(first) for other in others):
        return None
    short: list[str | bytes] = []
    for mine, *theirs in zip(first, *others, strict=True):
        if isinstance(mine, str):
            texts = [text for text in theirs if isinstance(text, str)]
            short.append(_elide(mine, texts, rtol))
        else:
            short.append(mine)
    left = all(_says_something(item) for item in short if isinstance(item, str))
    fits = all(_same_outputs(tuple(short), other, rtol) for other in seen)
    return tuple(short) if left and fits else None


def _elide(text: str, others: Sequence[str], rtol: float) -> str:
    """Put elisions in place of the lines that differ in other texts."""
    lines = text.split("\n")
    gone: set[int] = set()
    gaps: set[int] = set()
    for other in others:
        there = other.split("\n")
        for a, b, c, d in changed_ranges(lines, there):
            pairs = zip(range(a, b), there[c:d], strict=False)
            held = {at for at, new in pairs if b - a == d - c and agrees(lines[at], new, rtol)}
            gone |= set(range(a, b)) - held
            gaps |= {a} if a == b else set()
    short: list[str] = []
    for at, line in enumerate([*lines, ""]):
        elision = (at in gaps or at in gone) and not (short and elides(short[-1]))
        if elision:
            short.append("...")
        if at < len(lines) and at not in gone:
            short.append(line)
    return "\n".join(short)


def _says_something(text: str) -> bool:
    return any(line.strip() and not elides(line) for line in text.split("\n"))
