"""What a page accessed outside of its own folder, and which files belong to Python."""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass
from functools import cache
from typing import Final

_SHARED: Final = frozenset({"/", "/usr", "/usr/local", "/opt/homebrew"})
"""Prefixes of Python that hold other files too, projects included."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Accesses of a page, as far as an audit hook sees them.

    Attributes:
        reads: Absolute paths of files that it read.
        writes: Absolute paths of files that it wrote.
        hosts: Names and addresses of other machines that it tried to reach.
        variables: Environment variables that it read, without those that codeout or it had set.
        missing: Modules that its own code asked for and that were not found.
        modules: Modules of the packages that its code imported, if they were asked for.
    """

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()


def is_installed(path: str) -> bool:
    """Whether a file belongs to Python or to an installed package, which have versions."""
    return path.startswith(library_folders())


@cache
def library_folders() -> tuple[str, ...]:
    """Folders of Python and its packages; each ends with a separator.

    The first call reads the environment and opens files, so it must not come from an audit hook.
    """
    paths = sysconfig.get_paths()
    places = {paths[name] for name in ("purelib", "platlib", "stdlib", "platstdlib")}
    places |= {sys.prefix, sys.base_prefix} - _SHARED
    both = places | {os.path.realpath(place) for place in places}
    return tuple(f"{place}{os.sep}" for place in sorted(both))


@cache
def site_folders() -> tuple[str, ...]:
    """The folders of packages and of the standard library, with links resolved and without."""
    paths = sysconfig.get_paths()
    known = {paths[name] for name in ("purelib", "platlib", "stdlib", "platstdlib")}
    return tuple(sorted(known | set(map(os.path.realpath, known))))
