"""Files that were checked once: as long as one looks as it did then, it need not be read again."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def keep(file: Path, target: Path) -> None:
    """Put a checked file into its place, read-only, and note what it looks like."""
    target.parent.mkdir(exist_ok=True)
    _seal(file.replace(target))


def _seal(file: Path) -> None:
    """Note what a checked file looks like: a look is free, and half a second goes into a hash."""
    file.chmod(0o444)
    _note(file).write_text(_look(file), encoding="ascii")


def intact(file: Path, sha256: str = "") -> bool:
    """Tell whether a file looks as it did when it was sealed, or else has this checksum."""
    if not file.is_file():
        return False
    if _note(file).is_file() and _note(file).read_text(encoding="ascii") == _look(file):
        return True
    if not sha256 or sha256_of(file) != sha256:
        return False
    with contextlib.suppress(OSError):  # others may keep the cache; the hash is all that it takes
        _seal(file)
    return True


def sha256_of(file: Path) -> str:
    """The checksum of a file: 64 hexadecimal digits."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _note(file: Path) -> Path:
    return file.with_name(f"{file.name}.checked")


def _look(file: Path) -> str:
    stat = file.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"
