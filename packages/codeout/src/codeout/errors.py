"""Problems and errors: where, what happened, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codeout.text.escape import escape, escape_line


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem of one page.

    Attributes:
        path: The page, relative to the project's root, with forward slashes.
        line: The line in the page, counted from 1; 0 for the whole file.
        message: What happened, in one sentence without a final full stop.
        hint: What to do about it; may be empty.
        detail: Text to show below, such as a diff or a traceback; may be empty.
    """

    path: str
    line: int
    message: str
    hint: str = ""
    detail: str = ""

    @property
    def place(self) -> str:
        """``path:line``, or the path alone if there is no line."""
        path = escape_line(self.path)
        return f"{path}:{self.line}" if self.line else path

    def __str__(self) -> str:
        lines = [f"{self.place}: {escape_line(self.message)}"]
        lines += [f"  hint: {escape_line(self.hint)}"] if self.hint else []
        lines += [f"  {line}".rstrip() for line in escape(self.detail).splitlines()]
        return "\n".join(lines)


class CodeoutError(Exception):
    """The base class of the errors of codeout.

    Args:
        message: Where and what, without a final full stop.
        hint: What to do about it; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


class ConfigError(CodeoutError):
    """The configuration or the command line cannot be used; the exit status is 2."""


class AssetError(CodeoutError):
    """A declared data file is available from none of its sources."""


def display_path(file: Path, line: int = 0) -> str:
    """``file:line``, or the file alone for line 0; relative to the current folder if below it."""
    here = Path.cwd()
    name = file.relative_to(here) if file.is_relative_to(here) else file
    return f"{name}:{line}" if line else str(name)


def describe_oserror(error: OSError) -> str:
    """The message of an error of the operating system, in plain words."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file stands where a folder is needed"
    return error.strerror or str(error)
