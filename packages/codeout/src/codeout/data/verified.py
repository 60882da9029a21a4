"""Files whose checksum was verified once; one that has not changed since is not read again."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def keep(file: Path, target: Path) -> None:
    """Move a verified file to its place, read-only, and note its checksum and its looks."""
    target.parent.mkdir(exist_ok=True)
    checksum = sha256_of(file)
    _seal(file.replace(target), checksum)


def _seal(file: Path, checksum: str) -> None:
    file.chmod(0o444)
    _note(file).write_text(f"{checksum} {_looks(file)}", encoding="ascii")


def intact(file: Path, sha256: str = "") -> bool:
    """Whether a file is the one that was verified, or else has this checksum.

    Args:
        file: The file.
        sha256: The checksum that it must have; empty for the one that was noted.
    """
    if not file.is_file():
        return False
    noted, _, looks = _noted(file)
    if noted and looks == _looks(file):
        return sha256 in {"", noted}
    if not sha256 or sha256_of(file) != sha256:
        return False
    with contextlib.suppress(OSError):  # a cache of another user cannot be changed
        _seal(file, sha256)
    return True


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file: 64 hexadecimal digits."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _note(file: Path) -> Path:
    return file.with_name(f"{file.name}.checked")


def _noted(file: Path) -> tuple[str, str, str]:
    """The checksum that was noted, a blank, and what the file looked like then."""
    try:
        return _note(file).read_text(encoding="ascii").partition(" ")
    except (OSError, UnicodeDecodeError):
        return "", "", ""


def _looks(file: Path) -> str:
    """What changes with a file: the time of the last change cannot be set back."""
    stat = file.stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino} {stat.st_ctime_ns}"
