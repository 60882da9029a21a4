"""Atomic writes: one or several files are written whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from typing import TYPE_CHECKING

from codeout.fs.exchange import add, exchange
from codeout.fs.leftovers import PREFIX
from codeout.fs.place import ChangedError, NewFile, check_place, leads_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


def replace_file(file: NewFile) -> None:
    """Write a file atomically; see ``staged``."""
    with staged([file]) as put_in_place:
        put_in_place()


@contextlib.contextmanager
def staged(files: Iterable[NewFile]) -> Iterator[Callable[[], None]]:
    """Write the new contents of some files to temporary files beside them.

    Everything that is likely to fail is done first; what is left is to rename the files. A file
    that already holds what it shall is not touched.

    Yields:
        A function that puts all files in place, in order, or none of them: what it has replaced
        when one fails is put back. Unless it is called, nothing changes.

    Raises:
        RefusedError: A link leads out, or there is no regular file.
        ChangedError: A file does not hold what it held, when it is put in place.
        OSError: A file cannot be written; ``filename`` is its path.
    """
    ready: list[Staged] = []
    made: list[Path] = []

    def put_in_place() -> None:
        done: list[Staged] = []
        try:
            for each in ready:
                with _report_as(each.file.path):
                    done.append(each)
                    each.put_in_place()
        except BaseException:
            for each in reversed(done):
                each.put_back()
            raise
        made.clear()

    try:
        for file in files:
            with _report_as(file.path):
                place = check_place(file)
                if not _holds(place, file.data):
                    made += _make_folders(place.parent)
                    ready.append(Staged(file, place, _write_temporary(place, file.data)))
        yield put_in_place
    finally:
        for each in ready:
            each.new.unlink(missing_ok=True)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


class Staged:
    """A file whose new contents are in a temporary file beside it.

    Args:
        file: The file.
        place: Where it is, with links followed.
        new: The temporary file.
    """

    def __init__(self, file: NewFile, place: Path, new: Path) -> None:
        self.file = file
        self.place = place
        self.new = new
        self._exchanged = False
        self._made = False
        self._replaced: bytes | None = None

    def put_in_place(self) -> None:
        """Put the new file where the old one is, which it keeps until the end.

        Raises:
            ChangedError: The old one does not hold what it must; call ``put_back``.
            RefusedError: A link leads elsewhere by now.
        """
        if check_place(self.file) != self.place:
            raise leads_elsewhere(self.file.path)
        if os.path.lexists(self.place):
            self._replace()
        else:
            self._add()

    def put_back(self) -> None:
        """Put back what stood there; what somebody saves meanwhile stays."""
        with contextlib.suppress(FileNotFoundError):  # it was removed meanwhile
            if self._exchanged:
                self._exchange_back()
            elif self._made and _holds(self.place, self.file.data):
                self.place.unlink()
            elif self._replaced is not None and _holds(self.place, self.file.data):
                _write_temporary(self.place, self._replaced).replace(self.place)

    def _replace(self) -> None:
        if self.file.absent:
            raise _changed(self.file.path)
        if exchange(self.new, self.place):
            self._exchanged = True
            self._check(self.new.read_bytes())
        else:
            before = self.place.read_bytes()
            self._check(before)
            self.new.replace(self.place)
            self._replaced = before

    def _add(self) -> None:
        if self.file.was is not None:
            raise _changed(self.file.path)
        try:
            if not add(self.new, self.place):
                self.new.replace(self.place)
        except FileExistsError as error:
            raise _changed(self.file.path) from error
        self._made = True

    def _check(self, before: bytes) -> None:
        if self.file.was not in {None, before}:
            raise _changed(self.file.path)

    def _exchange_back(self) -> None:
        expected, held = self.file.data, self.new.read_bytes()
        while held != expected:
            put = held
            exchange(self.new, self.place)
            held = self.new.read_bytes()
            if held == expected:
                return
            expected = put  # a save in between is newer than what has just been put back


def _changed(path: Path) -> ChangedError:
    return ChangedError(errno.EBUSY, "changed meanwhile", str(path))


def _holds(place: Path, data: bytes) -> bool:
    """Whether a file is there and holds some bytes; one of another size is not read."""
    try:
        return place.stat().st_size == len(data) and place.read_bytes() == data
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def _report_as(path: Path) -> Iterator[None]:
    """Put the path of the file into errors, in place of that of its temporary file."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _write_temporary(place: Path, data: bytes) -> Path:
    """Write a temporary file in the folder of another file, with its mode, owner and attributes.

    Other names of that file, hard links, are left with what it held: only a new file can be put in
    its place in one step, and the other names may lie outside of the project.
    """
    before = place.stat() if place.exists() else None
    if before and not (before.st_mode & 0o222 and os.access(place, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is read-only")
    new = place.with_name(f"{PREFIX}{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(new, flags, 0o600 if before else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if before:
                with contextlib.suppress(OSError):  # only root may give files away
                    os.fchown(handle, before.st_uid, before.st_gid)
                shutil.copystat(place, new)  # before the data, which has a time of its own
            file.write(data)
            file.flush()
            os.fsync(handle)  # some disks report only here that they are full
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and its parents; returns the new ones, the lowest first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing
