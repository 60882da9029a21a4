"""Reports of a check that go into a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.errors import ConfigError, describe_oserror
from codeout.fs.named import write_named

if TYPE_CHECKING:
    from pathlib import Path


def write_report(data: bytes, file: Path, root: Path, option: str) -> None:
    """Write a report.

    Args:
        data: What it says.
        file: Where a person asks for it.
        root: The project's folder.
        option: The option that names the file.

    Raises:
        ConfigError: The file cannot be written.
    """
    try:
        write_named(file, data, root)
    except OSError as error:
        message = f"{file}: cannot be written: {describe_oserror(error)}"
        raise ConfigError(message, f"name another file with `{option}`") from error
