"""TOML files: what they hold, or on which line they are broken."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import ConfigError, display_path

if TYPE_CHECKING:
    from pathlib import Path

_CONFLICT: Final = re.compile("(<<<<<<<|=======|>>>>>>>)( .*)?")
_WHERE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def read_toml(file: Path, mend: str) -> dict[str, Any]:
    """What a file in TOML holds.

    Args:
        file: The file.
        mend: What to do where it is broken.

    Raises:
        ConfigError: It cannot be read, or is not TOML in UTF-8.
    """
    try:
        source = file.read_bytes()
    except OSError as error:
        hint = "it has to be a file that you may read"
        raise ConfigError(
            f"{display_path(file)}: cannot be read: {error.strerror}", hint
        ) from error
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        where = display_path(file, 1 + source[: error.start].count(b"\n"))
        what = f"not UTF-8 (byte 0x{source[error.start]:02x})"
        raise ConfigError(f"{where}: {what}", "save the file as UTF-8") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, what = _flaw(text, str(error))
        raise ConfigError(f"{display_path(file, line)}: {what}", mend) from error


def _flaw(text: str, told: str) -> tuple[int, str]:
    """The line where a text stops being TOML, and why; a merge is told of rather than its marks."""
    lines = text.splitlines()
    marks = (number for number, line in enumerate(lines, start=1) if _CONFLICT.fullmatch(line))
    if mark := next(marks, 0):
        return mark, "a merge left its conflict here"
    where = _WHERE.search(told)
    line = int(where[1]) if where and where[1] else max(1, len(lines))
    what = _WHERE.sub(lambda place: "" if place[1] else " at the end of the file", told)
    return line, f"not valid TOML: {what[:1].lower()}{what[1:]}"
