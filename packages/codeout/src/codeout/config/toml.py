"""TOML files, with errors that name the line."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import ConfigError, display_path
from codeout.fs.regular import read_regular

if TYPE_CHECKING:
    from pathlib import Path

_BOM: Final = b"\xef\xbb\xbf"
_LARGEST: Final = 1 << 28  # bytes; a record of a page takes some hundreds
_CONFLICT: Final = re.compile("(<<<<<<<|=======|>>>>>>>)( .*)?")
_WHERE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def read_toml(file: Path, hint: str) -> dict[str, Any] | None:
    """Read a TOML file; None if there is none.

    Args:
        file: The file.
        hint: The hint for a file that is not valid TOML.

    Raises:
        ConfigError: The file cannot be read, or is not TOML in UTF-8.
    """
    source = read_if_there(file)
    return None if source is None else parse_toml(file, source, hint)


def read_bytes(file: Path) -> bytes:
    """The bytes of a file with settings or records.

    Raises:
        ConfigError: It cannot be read, or is too large to be one.
    """
    try:
        return read_regular(file, _LARGEST)
    except OSError as error:
        raise _unreadable(file, error) from error


def read_if_there(file: Path) -> bytes | None:
    """The bytes of such a file; None if there is none, nor a link that leads nowhere.

    Raises:
        ConfigError: There is something that cannot be read, or is too large.
    """
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unreadable(file, error) from error
    return read_bytes(file)


def _unreadable(file: Path, error: OSError) -> ConfigError:
    message = f"{display_path(file)}: cannot be read: {error.strerror}"
    return ConfigError(message, "it has to be a file that you may read")


def parse_toml(file: Path, source: bytes, hint: str) -> dict[str, Any]:
    """Parse the bytes of a TOML file; see ``read_toml``."""
    if source.startswith(_BOM):
        message = f"{display_path(file, 1)}: begins with a byte order mark, which TOML has not"
        raise ConfigError(message, "save the file as UTF-8 without one")
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        where = display_path(file, 1 + source[: error.start].count(b"\n"))
        what = f"not UTF-8 (byte 0x{source[error.start]:02x})"
        raise ConfigError(f"{where}: {what}", "save the file as UTF-8") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, what = _first_error(text, str(error))
        raise ConfigError(f"{display_path(file, line)}: {what}", hint) from error
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else "a number too long"
        fix = "look for what nobody would write by hand"
        raise ConfigError(f"{display_path(file)}: not valid TOML: {what}", fix) from error


def _first_error(text: str, message: str) -> tuple[int, str]:
    """The line of the first error in a text, and a description; conflict markers come first."""
    lines = text.splitlines()
    marks = (number for number, line in enumerate(lines, start=1) if _CONFLICT.fullmatch(line))
    if mark := next(marks, 0):
        return mark, "a merge left its conflict here"
    where = _WHERE.search(message)
    line = int(where[1]) if where and where[1] else max(1, len(lines))
    what = _WHERE.sub(lambda place: "" if place[1] else " at the end of the file", message)
    return line, f"not valid TOML: {what[:1].lower()}{what[1:]}"
