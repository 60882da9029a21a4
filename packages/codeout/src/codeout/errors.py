"""Problems and errors: where, what happened, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codeout.text.escape import escape, escape_line

_LONGEST_LINE: Final = 2_000
_MOST_LINES: Final = 1_000


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

    def __post_init__(self) -> None:
        """Shorten what a page may have made long without end, such as the message of an error."""
        for name in ("message", "detail"):
            object.__setattr__(self, name, _shortened(getattr(self, name)))

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


def _shortened(text: str) -> str:
    """A text without the middle of long lines, and of many lines."""
    if len(text) <= _LONGEST_LINE:
        return text
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        half = _MOST_LINES // 2
        lines = [*lines[:half], "…", *lines[-half:]]
    half = _LONGEST_LINE // 2
    return "\n".join(
        line if len(line) <= _LONGEST_LINE else f"{line[:half]} … {line[-half:]}" for line in lines
    )


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
    """``file:line``, or the file alone for line 0; relative to the current folder if below it.

    The name is escaped: somebody else may have chosen it.
    """
    try:
        here: Path | None = Path.cwd()
    except OSError:  # it was removed
        here = None
    name = file.relative_to(here) if here and file.is_relative_to(here) else file
    return f"{escape_line(str(name))}:{line}" if line else escape_line(str(name))


def describe_oserror(error: OSError) -> str:
    """The message of an error of the operating system, in plain words."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file stands where a folder is needed"
    return error.strerror or str(error)
