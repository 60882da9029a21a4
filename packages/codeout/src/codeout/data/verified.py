"""Files whose checksum was verified once; a file with the same size and time is not read again."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def keep(file: Path, target: Path) -> None:
    """Move a verified file to its place, read-only, and record its size and time."""
    target.parent.mkdir(exist_ok=True)
    _seal(file.replace(target))


def _seal(file: Path) -> None:
    """Make a verified file read-only and record its size and time."""
    file.chmod(0o444)
    _stamp_file(file).write_text(_stamp(file), encoding="ascii")


def intact(file: Path, sha256: str = "") -> bool:
    """Whether a file is as it was when it was verified, or else has this checksum.

    Args:
        file: The file.
        sha256: The checksum to compare if size or time changed; empty to compare none.
    """
    if not file.is_file():
        return False
    stamp = _stamp_file(file)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == _stamp(file):
        return True
    if not sha256 or sha256_of(file) != sha256:
        return False
    with contextlib.suppress(OSError):  # a cache of another user cannot be changed
        _seal(file)
    return True


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file: 64 hexadecimal digits."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _stamp_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.checked")


def _stamp(file: Path) -> str:
    stat = file.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"
