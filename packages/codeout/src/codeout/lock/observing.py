"""Names what a page accessed, the same on every machine, and computes digests of it."""

from __future__ import annotations

import os
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.fs.digest import digest, digest_file
from codeout.lock.observed import Observed
from codeout.lock.versions import importable
from codeout.run.access import is_installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.run.access import Touched

_ELSEWHERE: Final = (
    "~/.",
    *("/bin/", "/dev/", "/etc/", "/lib/", "/lib32/", "/lib64/", "/libx32/", "/nix/", "/opt/"),
    *("/proc/", "/run/", "/sbin/", "/snap/", "/sys/", "/usr/", "/var/"),
    *("/Applications/", "/Library/", "/System/", "~/Library/"),
)
"""Prefixes of the names of files that depend on the machine, not on the page."""

LONGEST: Final = 4096
"""Characters of the longest name that is recorded: as long as a path can be."""


def changed_reads(observed: Observed, root: Path, ours: Sequence[Path] = ()) -> tuple[str, ...]:
    """Names of the files that have changed since they were observed; see ``observe``."""
    return tuple(
        name for name, was in observed.reads.items() if was != _digest_of(name, root, ours)
    )


def observe(
    touched: Touched, root: Path, page: Path, since: float, ours: Sequence[Path] = ()
) -> Observed:
    """Name what a page accessed, and compute the digests of what it read.

    Left out are the page itself, the interpreter, its packages, compiled code, the system, and the
    hidden folders of a home, which hold caches and settings of the machine.

    Args:
        touched: What the page accessed.
        root: The project's folder.
        page: The page's file.
        since: When the page began, in seconds since the epoch.
        ours: What codeout writes after the run, the lock and the folder of figures: a folder that
            was listed does not change by them.
    """
    reads = {
        name: "" if _changed_since(file, since) else digest_file(file)
        for name, file in _named(touched.reads, root, page).items()
        if os.access(file, os.R_OK)
    }
    reads |= {name: _digest_of(name, root, ours) for name in _folders(touched.reads, root)}
    reads |= dict.fromkeys(_missing(touched.reads - touched.writes, root), "")
    return Observed(
        dict(sorted(reads.items())),
        tuple(sorted(_named(touched.writes, root, page))),
        tuple(sorted(filter(_is_text, touched.hosts))),
        tuple(sorted(filter(_is_text, touched.variables))),
        tuple(sorted(name for name in filter(_is_text, touched.missing) if not importable(name))),
    )


def name_of(path: str, root: Path) -> str:
    """The portable name of a file, or of a folder, whose path ends with a slash."""
    return _name(Path(path), root) + "/" * path.endswith(os.sep)


def path_of(name: str, root: Path) -> str:
    """The path on this machine of a file with a portable name."""
    return str(root / Path(name).expanduser()) + "/" * name.endswith("/")


def _named(paths: Iterable[str], root: Path, page: Path) -> dict[str, Path]:
    """The files that are recorded, by name."""
    files = (Path(path) for path in paths if not is_installed(path))
    # Path.is_file() raises an error for a name that is too long or in a folder without access.
    there = (file for file in files if os.path.isfile(file))  # noqa: PTH113
    sources = (file for file in there if not _is_compiled(file))
    own = page.resolve()
    named = {_name(file, root): file for file in sources if file.resolve() != own}
    return {
        name: file
        for name, file in named.items()
        if not name.startswith(_ELSEWHERE) and _is_text(name)
    }


def _folders(paths: Iterable[str], root: Path) -> Iterator[str]:
    """The names of the folders that are recorded; each ends with a slash."""
    for path in paths:
        if path.endswith(os.sep) and os.path.isdir(path):  # noqa: PTH112  # raises no error
            name = f"{_name(Path(path), root)}/"
            if not name.startswith(_ELSEWHERE) and _is_text(name) and not _is_hidden(name):
                yield name


def _missing(paths: Iterable[str], root: Path) -> Iterator[str]:
    """The names of the files and folders that a page looked for in the project in vain."""
    for path in paths:
        if not os.path.lexists(path) and Path(path).is_relative_to(root) and _is_text(path):
            name = _name(Path(path), root)
            if not path.endswith(os.sep):
                yield name
            elif not _is_hidden(name):
                yield f"{name}/"


def _name(file: Path, root: Path) -> str:
    """A file's name, relative to the project or to the home, links resolved or not."""
    for base, start in ((root, ""), (Path.home(), "~/")):
        for folder in (base, base.resolve()):
            for path in (file, file.resolve()):
                if path.is_relative_to(folder):
                    return f"{start}{path.relative_to(folder).as_posix()}"
    return file.as_posix()


def _is_hidden(folder: str) -> bool:
    """Whether a folder, or one that it is in, is hidden or holds compiled modules."""
    return any(part.startswith((".", "__pycache__")) for part in Path(folder).parts)


def _is_compiled(file: Path) -> bool:
    """Whether a file was compiled on this machine, so that it differs elsewhere."""
    return "__pycache__" in file.parts or file.name.endswith((*EXTENSION_SUFFIXES, ".pyc"))


def _is_text(name: str) -> bool:
    """Whether a name can be written to the lock; names may be any bytes, and of any length."""
    return len(name) <= LONGEST and not any("\ud800" <= letter <= "\udfff" for letter in name)


def _digest_of(name: str, root: Path, ours: Sequence[Path]) -> str:
    """The digest of a file by its name; empty if it cannot be read."""
    if name.startswith(_ELSEWHERE):  # never recorded, and some have no end
        return ""
    try:
        file = root / Path(name).expanduser()
        if file.is_dir():
            return digest("\n".join(_visible(file, ours)))
        return digest_file(file) if file.is_file() else ""  # a pipe or a device may have no end
    except (OSError, RuntimeError):
        return ""


def _visible(folder: Path, ours: Sequence[Path]) -> list[str]:
    """The names in a folder, sorted, without hidden ones, compiled modules and what is ours."""
    entries = (entry for entry in folder.iterdir() if not entry.name.startswith((".", "__pyc")))
    return sorted(
        entry.name for entry in entries if not any(each.is_relative_to(entry) for each in ours)
    )


def _changed_since(file: Path, since: float) -> bool:
    """Whether a file changed after a time: by the system's clock, which no copy sets back."""
    return file.stat().st_ctime > since
