"""Atomic writes: one or several files are written whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_PREFIX: Final = ".codeout-"
_LEFTOVER: Final = re.compile(rf"{re.escape(_PREFIX)}[a-z0-9_]{{8}}")


def replace_file(path: Path, data: bytes) -> None:
    """Write a file atomically; a file that already has this content is not touched.

    A symbolic link is kept, and its target is written.

    Raises:
        OSError: The file cannot be written.
    """
    with staged({path: data}) as put_in_place:
        put_in_place()


@contextlib.contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """Write the new contents of some files to temporary files beside them.

    Everything that is likely to fail is done first; what is left is to rename the files.

    Args:
        files: The contents by file; files that already have theirs are not touched.

    Yields:
        A function that puts all files in place, in order. Unless it is called, nothing changes.

    Raises:
        OSError: A file cannot be written, so none is; ``filename`` is its path.
    """
    fresh: dict[Path, Path] = {}
    made: list[Path] = []

    def put_in_place() -> None:
        for path, new in fresh.items():
            with _report_as(path):
                new.replace(path)
        made.clear()

    try:
        for path, data in ((path.resolve(), data) for path, data in files.items()):
            with _report_as(path):
                if not path.exists() or path.read_bytes() != data:
                    made += _make_folders(path.parent)
                    fresh[path] = _write_temporary(path, data)
        yield put_in_place
    finally:
        for new in fresh.values():
            new.unlink(missing_ok=True)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove temporary files that a killed run left in some folders."""
    for folder in folders:
        with contextlib.suppress(OSError):
            for file in [*folder.iterdir()]:
                if _LEFTOVER.fullmatch(file.name):
                    file.unlink()


@contextlib.contextmanager
def _report_as(path: Path) -> Iterator[None]:
    """Put the path of the file into errors, in place of that of its temporary file."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _write_temporary(path: Path, data: bytes) -> Path:
    """Write a temporary file in the folder of another file, with the same mode."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    if not mode & 0o222 or (path.exists() and not os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is read-only")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)  # some disks report only here that they are full
        new.chmod(mode)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and its parents; returns the new ones, the lowest first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is outside of a folder once symbolic links are followed."""
    return not path.resolve().is_relative_to(folder.resolve())
