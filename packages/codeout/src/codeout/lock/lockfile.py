"""The records of all pages, in memory and in ``codeout.lock``, which others may write, too."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Final

from codeout.config.toml import read_if_there
from codeout.errors import CodeoutError, describe_oserror, display_path
from codeout.fs.atomic import replace_file
from codeout.fs.place import ChangedError, NewFile
from codeout.lock.file_text import file_text, read_records, record_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from codeout.lock.record import Record

_ATTEMPTS: Final = 9


class Lock:
    """The records of all pages, in memory and on disk.

    What others write to the file meanwhile is kept: only the records of pages that were changed
    here replace theirs.

    Args:
        path: The file; None for none.
        root: The project's folder, which no link may lead out of.
    """

    def __init__(self, path: Path | None, root: Path | None = None) -> None:
        self._path = path
        self._root = root
        self._records: dict[str, Record] = {}
        self._texts: dict[str, str] = {}
        self._changed: set[str] = set()
        self._seen: bytes | None = None

    @classmethod
    def read(cls, path: Path | None, root: Path | None = None) -> Lock:
        """The lock at ``path``; empty if there is no file.

        Raises:
            ConfigError: The file cannot be read, or is not a lock.
        """
        lock = cls(path, root)
        lock.refresh()
        return lock

    def refresh(self) -> None:
        """Take over what others have written to the file since it was read or written here.

        Raises:
            ConfigError: The file cannot be read, or is not a lock.
        """
        if self._path is None:
            return
        seen = read_if_there(self._path)
        if seen == self._seen:
            return
        theirs = read_records(self._path, seen) if seen is not None else {}
        mine = {page: self._records[page] for page in self._changed if page in self._records}
        kept = {page: record for page, record in theirs.items() if page not in self._changed}
        before, self._records = self._records, kept | mine
        same = {page for page, record in self._records.items() if record == before.get(page)}
        self._texts = {page: text for page, text in self._texts.items() if page in same}
        self._seen = seen

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._records))

    def get(self, page: str) -> Record | None:
        """The record of a page, if there is one."""
        return self._records.get(page)

    def put(self, page: str, record: Record) -> None:
        """Store the record of a page, unless it says the same as the one that is there.

        Raises:
            CodeoutError: It holds a value that the file cannot hold.
        """
        before = self._records.get(page)
        if before is None or not record.same_as(before):
            self._texts[page] = record_text(page, record)
            self._records[page] = record
            self._changed.add(page)

    def forget(self, page: str) -> None:
        """Remove the record of a page, so that it is stale until it runs without problems."""
        if self._records.pop(page, None):
            self._changed.add(page)

    def keep_only(self, pages: Iterable[str]) -> None:
        """Remove the records of all other pages."""
        for page in {*self._records} - {*pages}:
            self.forget(page)

    def with_record(self, page: str, record: Record) -> Lock:
        """A copy with one more record."""
        other = Lock(self._path, self._root)
        other.take(self)
        other.put(page, record)
        return other

    def take(self, other: Lock) -> None:
        """Replace the records by those of another lock."""
        self._records = dict(other._records)
        self._texts = dict(other._texts)
        self._changed = set(other._changed)
        self._seen = other._seen

    def file(self) -> NewFile | None:
        """The file as it is to be written; None if the lock has none."""
        if self._path is None:
            return None
        for page in self:
            if page not in self._texts:
                self._texts[page] = record_text(page, self._records[page])
        text = file_text(self._texts[page] for page in self)
        return NewFile(self._path, text.encode(), self._root, self._seen, absent=self._seen is None)

    def written(self, file: NewFile | None) -> None:
        """Note that the file has been written."""
        if file is not None:
            self._seen = file.data
            self._changed.clear()

    def write(self) -> None:
        """Write the file, if it would change.

        Raises:
            CodeoutError: It cannot be written.
            ConfigError: Others have written what is not a lock.
        """
        for _ in range(_ATTEMPTS):
            self.refresh()
            with contextlib.suppress(ChangedError):
                self._write(self.file())
                return
        message = "others write to it all the time"
        raise CodeoutError(f"{self._path}: {message}", "run again when they have ended")

    def replace(self) -> None:
        """Write the file, whatever is in it by now.

        Raises:
            CodeoutError: It cannot be written.
        """
        file = self.file()
        self._write(file and dataclasses.replace(file, was=None, absent=False))

    def _write(self, file: NewFile | None) -> None:
        if file is None:
            return
        try:
            replace_file(file)
        except ChangedError:
            raise
        except OSError as error:
            message = f"{display_path(file.path)}: cannot be written: {describe_oserror(error)}"
            hint = "make it writable, or make room, and run again"
            raise CodeoutError(message, hint) from error
        self.written(file)
