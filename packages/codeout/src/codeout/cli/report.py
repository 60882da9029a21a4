"""Reports of a check that go into a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.cli.say import give
from codeout.errors import ConfigError, describe_oserror
from codeout.fs.named import write_named

if TYPE_CHECKING:
    from pathlib import Path


def is_stdout(file: Path | None) -> bool:
    """Whether a person asks for standard output: ``-``."""
    return str(file) == "-"


def write_report(data: bytes, file: Path, root: Path, option: str) -> None:
    """Write a report.

    Args:
        data: What it says.
        file: Where a person asks for it; ``-`` for standard output.
        root: The project's folder.
        option: The option that names the file.

    Raises:
        ConfigError: The file cannot be written.
    """
    if is_stdout(file):
        give(data.decode())
        return
    try:
        write_named(file, data, root)
    except OSError as error:
        message = f"{file}: cannot be written: {describe_oserror(error)}"
        raise ConfigError(message, f"name another file with `{option}`") from error
