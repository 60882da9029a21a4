"""Ranges of versions: where outputs differ by version, and each is right with its own.

Beside the main output there is one for each range, such as ``torch<2.10``. The one whose range
holds the installed version is active: it is compared and written, and the others stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.model import Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from packaging.requirements import Requirement
    from packaging.version import Version

    from codeout.page.model import Page, Part

EXAMPLE: Final = "torch<2.10"
_BAD: Final = "`out {}` names no versions of a package"
_WRITE: Final = f"write one package and its versions, as in `out {EXAMPLE}`"
_NO_MAIN: Final = "an output of `{}` without a main output"
_WRITE_MAIN: Final = "write the output of all other versions above it"
_PACKAGES: Final = "outputs of `{}` and of `{}` for one block: which of the two holds with both?"
_ONE_PACKAGE: Final = "choose by the versions of one package"
_OVERLAP: Final = "`{}` and `{}` have versions in common"
_APART: Final = "write ranges of which each version is in one at most"


def read_range(text: str) -> Requirement | None:
    """A requirement with versions and nothing else; None if a text is not one."""
    if not text:
        return None
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return None
    more = requirement.extras or requirement.marker or requirement.url
    return requirement if requirement.specifier and not more else None


def holds(versions: str, installed: Callable[[str], str]) -> bool:
    """Whether a range holds the installed version of its package.

    Args:
        versions: The range.
        installed: The version of a package by its name; empty if it is not installed.
    """
    requirement = read_range(versions)
    version = installed(requirement.name) if requirement else ""
    return bool(requirement and version and requirement.specifier.contains(version, True))


def choose(page: Page, installed: Callable[[str], str]) -> Page:
    """A page that has been parsed, with the outputs active that hold with installed versions.

    Args:
        page: The page; its main outputs are active.
        installed: See ``holds``.
    """
    if not any(slot.versions for slot in page.outputs):
        return page
    parts: list[Part] = [*page.parts]
    main: tuple[int, Slot] | None = None
    for at, part in enumerate(parts):
        if not isinstance(part, Slot):
            continue
        if not part.versions:
            main = at, part
        elif main is not None and holds(part.versions, installed):
            place, other = main
            parts[place], parts[at] = replace(other, active=False), replace(part, active=True)
            main = None
    return replace(page, parts=tuple(parts))


def problems_of_ranges(
    path: str, main: Slot, ranges: Sequence[tuple[int, str]]
) -> Iterator[Problem]:
    """Yield what is wrong with the ranges of one output.

    Args:
        path: The name of the page.
        main: The main output.
        ranges: Each range with its line, from 1.
    """
    if not ranges:  # as on most pages, which need not wait for `packaging` to be loaded
        return
    from packaging.utils import canonicalize_name

    read = [(line, text, read_range(text)) for line, text in ranges]
    yield from (Problem(path, line, _BAD.format(text), _WRITE) for line, text, it in read if not it)
    if not main.source:
        line, text = ranges[0]
        yield Problem(path, line, _NO_MAIN.format(text), _WRITE_MAIN)
    good = [(line, text, it) for line, text, it in read if it]
    for (_, first, one), (line, second, other) in combinations(good, 2):
        if canonicalize_name(one.name) != canonicalize_name(other.name):
            yield Problem(path, line, _PACKAGES.format(first, second), _ONE_PACKAGE)
        elif _overlap(one, other):
            yield Problem(path, line, _OVERLAP.format(first, second), _APART)


def _overlap(one: Requirement, other: Requirement) -> bool:
    """Whether a version is in both ranges.

    What two ranges have in common begins at a version that one of them names, right above one, or
    before all of them.
    """
    from packaging.version import Version

    named = {each.version for it in (one, other) for each in it.specifier}
    tried = [Version("0"), *(each for text in named for each in _around(text))]
    return any(
        one.specifier.contains(each, True) and other.specifier.contains(each, True)
        for each in tried
    )


def _around(text: str) -> Iterator[Version]:
    """Yield a version, the next one above it, and, for ``2.10.*``, the first above all of those."""
    from packaging.version import Version

    version = Version(text.removesuffix(".*"))
    yield version
    above = ".".join(map(str, (*version.release, 0, 0, 1)))
    yield Version(f"{version.epoch}!{above}")
    *lead, last = version.release
    yield Version(f"{version.epoch}!{'.'.join(map(str, (*lead, last + 1)))}")
