"""Files that are written whole or not at all, several together if need be."""

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
_LEFT_OVER: Final = re.compile(rf"{re.escape(_PREFIX)}[a-z0-9_]{{8}}")


def replace_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing; one that would not change is left alone.

    A link stays a link: what it points to is written.

    Raises:
        OSError: It cannot be written.
    """
    with staged({path: data}) as put_in_place:
        put_in_place()


@contextlib.contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """Have the new contents of some files on the disk, beside the old ones.

    What can fail has been done by then: to put them in place is to rename them, in their order.

    Args:
        files: Files to their contents; those that would not change are left alone.

    Yields:
        What puts them in place. If it is not called, nothing changes.

    Raises:
        OSError: One cannot be written, and then none is; its ``filename`` says which.
    """
    fresh: dict[Path, Path] = {}
    made: list[Path] = []

    def put_in_place() -> None:
        for path, new in fresh.items():
            with _naming(path):
                new.replace(path)
        made.clear()

    try:
        for path, data in ((path.resolve(), data) for path, data in files.items()):
            with _naming(path):
                if not path.exists() or path.read_bytes() != data:
                    made += _make(path.parent)
                    fresh[path] = _beside(path, data)
        yield put_in_place
    finally:
        for new in fresh.values():
            new.unlink(missing_ok=True)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove what a run that was killed had staged in some folders."""
    for folder in folders:
        with contextlib.suppress(OSError):
            for file in [*folder.iterdir()]:
                if _LEFT_OVER.fullmatch(file.name):
                    file.unlink()


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Have errors name the file that is meant, and not the one beside it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _beside(path: Path, data: bytes) -> Path:
    """A new file in the folder of another, with its mode."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    if not mode & 0o222 or (path.exists() and not os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is read-only")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)  # some disks say only now that they are full
        new.chmod(mode)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns those that were not there, the lowest first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a file lies outside of a folder once links are followed."""
    return not path.resolve().is_relative_to(folder.resolve())
