"""``codeout.lock``: the file with the records of all pages.

Each page has a table with one key on each line, all sorted, so that two branches that ran
different pages can be merged.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from codeout.config.toml import read_toml
from codeout.errors import CodeoutError, ConfigError, describe_oserror, display_path
from codeout.fs.atomic import replace_file
from codeout.lock.observed import Observed
from codeout.lock.record import Inputs, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_HEADER: Final = "# Written by codeout: what each page was made with. Keep it in version control.\n"
_HINT: Final = "keep what both sides of a merge wrote, or delete the file and run `codeout run`"


class Lock:
    """The records of all pages, in memory and on disk."""

    def __init__(self, path: Path | None, records: Mapping[str, Record] | None = None) -> None:
        self._path = path
        self._records = dict(records or {})
        self._texts: dict[str, str] = {}

    @classmethod
    def read(cls, path: Path | None) -> Lock:
        """The lock at ``path``; empty if there is no file.

        Raises:
            ConfigError: The file cannot be read, or is not a lock.
        """
        if path is None or not path.exists():
            return cls(path)
        tables = read_toml(path, _HINT)
        records: dict[str, Record] = {}
        for page, table in tables.items():
            try:
                records[page] = _record(table)
            except (KeyError, TypeError, AttributeError) as error:
                message = f"{display_path(path)}: not what codeout wrote about {page}"
                raise ConfigError(message, _HINT) from error
        return cls(path, records)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._records))

    def get(self, page: str) -> Record | None:
        """The record of a page, if there is one."""
        return self._records.get(page)

    def put(self, page: str, record: Record) -> None:
        """Store the record of a page, unless it says the same as the one that is there."""
        before = self._records.get(page)
        if before is None or not record.same_as(before):
            self._records[page] = record
            self._texts.pop(page, None)

    def forget(self, page: str) -> None:
        """Remove the record of a page, so that it is stale until it runs without problems."""
        self._records.pop(page, None)

    def keep_only(self, pages: Iterable[str]) -> None:
        """Remove the records of all other pages."""
        pages = set(pages)
        self._records = {page: self._records[page] for page in self if page in pages}

    def with_record(self, page: str, record: Record) -> Lock:
        """A copy with one more record."""
        other = Lock(self._path)
        other.take(self)
        other.put(page, record)
        return other

    def take(self, other: Lock) -> None:
        """Replace the records by those of another lock."""
        self._records = dict(other._records)
        self._texts = dict(other._texts)

    def file(self) -> Mapping[Path, bytes]:
        """The path of the file and its contents; empty if the lock has no file."""
        if self._path is None:
            return {}
        for page in self:
            if page not in self._texts:
                self._texts[page] = _table(page, self._records[page])
        text = "\n".join([_HEADER, *(self._texts[page] for page in self)])
        return {self._path: text.encode()}

    def write(self) -> None:
        """Write the file, if it would change.

        Raises:
            CodeoutError: It cannot be written.
        """
        for path, data in self.file().items():
            try:
                replace_file(path, data)
            except OSError as error:
                message = f"{display_path(path)}: cannot be written: {describe_oserror(error)}"
                hint = "make it writable, or make room, and run again"
                raise CodeoutError(message, hint) from error


def _table(page: str, record: Record) -> str:
    values = {
        "blocks": str(record.blocks),
        "code": _string(record.inputs.code),
        "data": _string(record.inputs.data),
        "date": record.date.isoformat(),
        "device": _string(record.device),
        "includes": _inline(record.inputs.includes),
        "outputs": _string(record.outputs),
        "python": _string(record.python),
        "seconds": f"{record.seconds:.1f}",
        "stand-ins": _array(record.stand_ins),
        "versions": _inline(record.versions),
    }
    values |= _observed(record.observed)
    lines = [f"{key} = {value}" for key, value in sorted(values.items())]
    return "\n".join([f"[{_string(page)}]", *lines, ""])


def _observed(observed: Observed) -> dict[str, str]:
    """The keys of what a page accessed; none for what is empty, as it is for most pages."""
    arrays = {
        "hosts": observed.hosts,
        "variables": observed.variables,
        "writes": observed.writes,
    }
    seen = {key: _array(values) for key, values in arrays.items() if values}
    return seen | {f"reads.{_string(name)}": _string(was) for name, was in observed.reads.items()}


def _array(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_string, values))}]"


def _inline(table: Mapping[str, str]) -> str:
    pairs = [f"{_string(key)} = {_string(value)}" for key, value in sorted(table.items())]
    return f"{{ {', '.join(pairs)} }}" if pairs else "{}"


def _string(text: str) -> str:
    """A string in TOML, which is written as in JSON but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _record(table: dict[str, Any]) -> Record:
    return Record(
        inputs=Inputs(table["code"], table["includes"], table["data"]),
        outputs=table["outputs"],
        versions=table["versions"],
        python=table["python"],
        device=table["device"],
        date=table["date"],
        seconds=table["seconds"],
        blocks=table["blocks"],
        stand_ins=tuple(table["stand-ins"]),
        observed=Observed(
            table.get("reads", {}),
            *(tuple(table.get(key, ())) for key in ("writes", "hosts", "variables")),
        ),
    )
