"""In which other environments a page holds, as its readers are told: ``torch 2.8 to 2.14``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from codeout.engine.verdict import DIFFERS, FAILS, NOT_INSTALLABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.engine.plan import Plan
    from codeout.lock.tested import Tested

_VERSION: Final = re.compile(r"(?P<package>.+)-(?P<version>\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Environments of one package in which a page holds.

    Attributes:
        package: What is before the version in their names; all of the name where it has none.
        runs: The first and the last version of each run of environments; between the two there is
            no environment in which the page does not hold. Empty if the name has no version.
    """

    package: str
    runs: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        runs = (first if first == last else f"{first} to {last}" for first, last in self.runs)
        return f"{self.package} {', '.join(runs)}".rstrip()


@dataclass(frozen=True, slots=True)
class Unlike:
    """An environment in which a page does not hold.

    Attributes:
        name: Of the environment.
        result: In one word.
        says: What is wrong there; empty for nothing.
        block: Which of the blocks that run it is first, from 1; 0 for none.
    """

    name: str
    result: str
    says: str
    block: int


def holds_with(matrix: Mapping[str, Tested]) -> tuple[Elsewhere, ...]:
    """The environments in which a page holds, those of a package together.

    Environments that could not be had say nothing, so they do not end a run.

    Args:
        matrix: What the page gave in environments, by their names.
    """
    asked = {name: it for name, it in matrix.items() if it.result != NOT_INSTALLABLE}
    named = [(name, _VERSION.fullmatch(name)) for name in asked]
    versioned = [(found["package"], found["version"], name) for name, found in named if found]
    alone = [Elsewhere(name) for name, found in named if not found and _holds(asked[name])]
    together = []
    for package in dict.fromkeys(package for package, _, _ in versioned):
        own = sorted((_key(v), v, asked[name]) for p, v, name in versioned if p == package)
        if runs := _runs([(version, _holds(it)) for _, version, it in own]):
            together.append(Elsewhere(package, runs))
    return (*together, *alone)


def of_all(matrices: Sequence[Mapping[str, Tested]]) -> Mapping[str, Tested]:
    """What several pages give in environments, by their names: of each environment the worst.

    Args:
        matrices: What each page gave; the one of a page that was checked in none is empty.
    """
    asked = [matrix for matrix in matrices if matrix]
    found: dict[str, Tested] = {}
    for name in dict.fromkeys(name for matrix in asked for name in matrix):
        own = [matrix[name] for matrix in asked if name in matrix]
        worst = next((it for it in own if not _holds(it)), own[0])
        found[name] = worst if len(own) == len(asked) else replace(worst, result=FAILS)
    return found


def unlike(matrix: Mapping[str, Tested], block: int | None = None) -> tuple[Unlike, ...]:
    """The environments in which a page does not hold.

    Args:
        matrix: What the page gave in environments, by their names.
        block: Only those with their first fault at a block, counted from 1; None for all.
    """
    return tuple(
        Unlike(name, it.result, it.says, it.block)
        for name, it in matrix.items()
        if it.result in {DIFFERS, FAILS} and block in {None, it.block}
    )


def number_of(plan: Plan, title: str) -> int:
    """Which of the blocks that run has a title, from 1; 0 for none."""
    found = (at for at, block in enumerate(plan.running, 1) if block.title == title)
    return next(found, 0)


def _holds(it: Tested) -> bool:
    return it.result not in {DIFFERS, FAILS, NOT_INSTALLABLE}


def _runs(results: Sequence[tuple[str, bool]]) -> tuple[tuple[str, str], ...]:
    """The first and the last version of each run of those that hold."""
    runs = []
    for holds, group in groupby(results, key=lambda each: each[1]):
        versions = [version for version, _ in group]
        runs += [(versions[0], versions[-1])] if holds else []
    return tuple(runs)


def _key(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
