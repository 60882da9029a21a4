"""The text of ``codeout.lock``: the records of all pages.

Each page has a table with one key on each line, all sorted, so that two branches that ran
different pages can be merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from codeout.config.toml import parse_toml
from codeout.errors import CodeoutError, ConfigError, display_path
from codeout.lock.merge import sides
from codeout.lock.table import BadTableError, from_table, to_table
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codeout.lock.record import Record

FORM: Final = 1
"""The version of the form of the file; it rises when an older codeout cannot read a newer one."""

_HEADER: Final = "# Written by codeout: what each page was made with. Keep it in version control.\n"
_RESOLVE: Final = (
    "`codeout lock resolve` keeps what fits the pages; or take either side of the merge"
)
_RESTORE: Final = "take the file from version control, or delete it, and run `codeout run`"


def file_text(records: Iterable[str]) -> str:
    """The text of the file, given that of each record."""
    tables = [*records]
    head = f"{_HEADER}\nversion = {FORM}\n" if tables else _HEADER
    return "\n".join([head, *tables])


def record_text(page: str, record: Record) -> str:
    """The table of the record of a page.

    Raises:
        CodeoutError: It holds a value that the file cannot hold.
    """
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
