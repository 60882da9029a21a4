"""``codeout.lock``: the file with the records of all pages.

Each page has a table with one key on each line, all sorted, so that two branches that ran
different pages can be merged.
"""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Any, Final

from codeout.config.toml import parse_toml, read_if_there
from codeout.errors import CodeoutError, ConfigError, describe_oserror, display_path
from codeout.fs.atomic import replace_file
from codeout.fs.place import ChangedError, NewFile
from codeout.lock.merge import sides
from codeout.lock.table import BadTableError, from_table, to_table
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from codeout.lock.record import Record

FORM: Final = 1
"""The version of the form of the file; it rises when an older codeout cannot read a newer one."""

_HEADER: Final = "# Written by codeout: what each page was made with. Keep it in version control.\n"
_RESOLVE: Final = (
    "`codeout lock resolve` keeps what fits the pages; or take either side of the merge"
)
_RESTORE: Final = "take the file from version control, or delete it, and run `codeout run`"
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
            self._texts[page] = _text_of(page, record)
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
                self._texts[page] = _text_of(page, self._records[page])
        head = f"{_HEADER}\nversion = {FORM}\n" if self._records else _HEADER
        text = "\n".join([head, *(self._texts[page] for page in self)])
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


def _text_of(page: str, record: Record) -> str:
    try:
        return to_table(page, record)
    except BadTableError as error:
        message = f"the lock cannot hold its `{error.key}`"
        raise CodeoutError(message, "please report it, with the page") from error


def read_records(path: Path, source: bytes) -> dict[str, Record]:
    """The records in the bytes of a lock.

    Raises:
        ConfigError: They are not those of a lock.
    """
    merged = sides(source.decode(errors="replace")) is not None
    tables = parse_toml(path, source, _RESOLVE if merged else _RESTORE)
    _check_form(path, tables.pop("version", FORM))
    records: dict[str, Record] = {}
    for page, table in tables.items():
        try:
            records[page] = from_table(table)
        except BadTableError as error:
            what = f"`{error.key}` of {page}" if error.key else page
            message = f"{display_path(path)}: not what codeout wrote about {escape_line(what)}"
            raise ConfigError(message, _RESTORE) from error
    return records


def _check_form(path: Path, form: Any) -> None:
    if form != FORM:
        message = f"{display_path(path)}: written by another version of codeout (form {form!r})"
        hint = "use that version here too, or delete the file and run `codeout run`"
        raise ConfigError(message, hint)
