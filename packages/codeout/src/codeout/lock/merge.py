"""Merges locks of two branches, page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.lock.record import Record

    Records = Mapping[str, Record]

_MARK: Final = re.compile(r"(?P<mark><{7}|\|{7}|={7}|>{7})(?: .*)?\r?\n?")


@dataclass(frozen=True, slots=True)
class Merged:
    """What two branches say together.

    Attributes:
        records: The records on which both agree, or that only one of them has changed.
        open: The two records of each page that both have changed.
    """

    records: Records
    open: Mapping[str, tuple[Record, Record]]


def merge(ours: Records, theirs: Records, base: Records | None = None) -> Merged:
    """Merge the records of two branches.

    Args:
        ours: The records of one.
        theirs: Of the other.
        base: Those of the commit where they parted; without it, a page that only one branch has is
            kept.
    """
    records: dict[str, Record] = {}
    undecided: dict[str, tuple[Record, Record]] = {}
    for page in sorted({*ours, *theirs}):
        one, other = ours.get(page), theirs.get(page)
        before = base.get(page) if base is not None else None
        if other in (one, before):
            chosen = one
        elif one == before:
            chosen = other
        elif one and other:
            undecided[page] = (one, other)
            continue
        else:  # changed here and removed there: stale is the safe side
            chosen = None
        if chosen:
            records[page] = chosen
    return Merged(records, undecided)


def sides(text: str) -> tuple[str, str] | None:
    """The two texts that a merge has left in one, between its marks; None if it left no marks."""
    ours: list[str] = []
    theirs: list[str] = []
    into: tuple[list[str], ...] = (ours, theirs)
    found = False
    for line in text.splitlines(keepends=True):
        mark = _MARK.fullmatch(line)
        if not mark:
            for side in into:
                side.append(line)
            continue
        found = True
        match mark["mark"][0]:
            case "<":
                into = (ours,)
            case "|":
                into = ()
            case "=":
                into = (theirs,)
            case _:
                into = (ours, theirs)
    return ("".join(ours), "".join(theirs)) if found else None
