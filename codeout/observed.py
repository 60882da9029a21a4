"""What a page touched outside of its own folder while it ran, and what of it can be remembered."""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.digests import digest_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ELSEWHERE: Final = (
    "~/.",
    *("/bin/", "/dev/", "/etc/", "/lib/", "/lib64/", "/opt/", "/proc/", "/run/", "/sbin/"),
    *("/sys/", "/usr/", "/var/"),
)
"""How the names of files begin that tell of the machine and not of the page."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What the process of a page saw itself touch, as far as an audit hook can tell.

    Attributes:
        reads: Absolute paths of files that it read.
        writes: Absolute paths of files that it wrote.
        hosts: Names and addresses of other machines that it tried to reach.
        variables: Environment variables that its own code read and nobody here had set.
    """

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Observed:
    """What is remembered of it, the same on every machine.

    Attributes:
        reads: Digests of the files that the page read, by name: relative to the project's folder,
            from ``~`` on, or absolute. Empty where a file changed while the page ran.
        writes: Names of the files that it wrote.
        hosts: As of ``Touched``, sorted.
        variables: Likewise.
    """

    reads: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()

    def changed(self, root: Path) -> tuple[str, ...]:
        """Names of the files read that are not as they were; ``root`` is the project's folder."""
        return tuple(name for name, was in self.reads.items() if was != _digest_of(name, root))


def observe(touched: Touched, root: Path, page: Path, since: float) -> Observed:
    """Name what a page touched, and take the digests of what it read.

    The page itself is left out, as are the interpreter, its packages, the system, and the hidden
    folders of a home: caches and settings, which differ from machine to machine.

    Args:
        touched: By the page.
        root: The project's folder.
        page: The page's file.
        since: When the page began, in seconds since the epoch.
    """
    reads = {
        name: "" if _changed_since(file, since) else digest_file(file)
        for name, file in _named(touched.reads, root, page).items()
        if os.access(file, os.R_OK)
    }
    return Observed(
        dict(sorted(reads.items())),
        tuple(sorted(_named(touched.writes, root, page))),
        tuple(sorted(touched.hosts)),
        tuple(sorted(touched.variables)),
    )


def is_installed(path: str) -> bool:
    """Whether a file belongs to Python or to an installed package; its version says all of it."""
    return path.startswith(_libraries())


def _named(paths: Iterable[str], root: Path, page: Path) -> dict[str, Path]:
    """The files that count, by name."""
    files = (Path(path) for path in paths if not is_installed(path))
    named = {_name(file, root): file for file in files if file.is_file() and file != page}
    return {name: file for name, file in named.items() if not name.startswith(_ELSEWHERE)}


def _name(file: Path, root: Path) -> str:
    if file.is_relative_to(root):
        return file.relative_to(root).as_posix()
    home = Path.home()
    if file.is_relative_to(home):
        return f"~/{file.relative_to(home).as_posix()}"
    return file.as_posix()


def _digest_of(name: str, root: Path) -> str:
    """The digest of a file by its name; empty where it cannot be read."""
    try:
        return digest_file(root / Path(name).expanduser())
    except (OSError, RuntimeError):
        return ""


def _changed_since(file: Path, since: float) -> bool:
    return file.stat().st_mtime > since


@cache
def _libraries() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    places = {paths[name] for name in ("purelib", "platlib", "stdlib", "platstdlib")}
    if sys.prefix != sys.base_prefix:
        places.add(sys.prefix)
    both = places | {os.path.realpath(place) for place in places}
    return tuple(f"{place}{os.sep}" for place in sorted(both))
