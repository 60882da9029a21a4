"""Expansion of snippets in code, by the extension that the renderer uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.fs.regular import read_regular
from codeout.page.snippet_syntax import has_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES: Final = re.compile(r"""["']([^"':]+)""")
_LARGEST: Final = 4_000_000
"""How many bytes the snippets of a block may have together, each counted as often as included."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """Code with its snippets expanded.

    Attributes:
        code: The code.
        files: The files of its snippets.
        looked: All files that were looked for, also in vain.
    """

    code: str
    files: tuple[Path, ...] = ()
    looked: tuple[Path, ...] = ()


class IncludeError(Exception):
    """A snippet cannot be included.

    Args:
        message: Why.
        looked: See ``Expanded``.
    """

    def __init__(self, message: str, looked: tuple[Path, ...] = ()) -> None:
        super().__init__(message)
        self.looked = looked

    def __str__(self) -> str:
        message = super().__str__()
        return message[:1].lower() + message[1:]


def expand(code: str, folders: Sequence[Path]) -> Expanded:
    """Expand the snippets of a block.

    Args:
        code: The code of the block.
        folders: Folders of snippets, in the order to search.

    Raises:
        IncludeError: A snippet is missing, cannot be read, is no regular file, or is not UTF-8;
            or all have too many bytes.
    """
    if not has_marks(code):  # the library takes a while to load
        return Expanded(code)
    from markdown import Markdown
    from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

    class Reader(SnippetPreprocessor):  # type: ignore[misc]
        """Records the files that are included, and reads none without an end."""

        size = 0

        def get_snippet_path(self, path: str) -> str | None:
            looked.extend(Path(folder, path) for folder in self.base_path)
            found: str | None = super().get_snippet_path(path)
            if found:
                self.size += len(read_regular(Path(found), _LARGEST))
                files.append(Path(found))
            if self.size > _LARGEST:
                raise _TooLargeError
            return found

    files: list[Path] = []
    looked: list[Path] = []
    settings: dict[str, Any] = SnippetExtension().getConfigs()
    settings |= {"base_path": [str(folder) for folder in folders], "check_paths": True}
    try:
        lines = Reader(settings, Markdown()).run(code.split("\n"))
    except (OSError, ValueError, SnippetMissingError, _TooLargeError) as error:
        raise IncludeError(_why(error, files), tuple(looked)) from error
    return Expanded("\n".join(lines), tuple(dict.fromkeys(files)), tuple(looked))


class _TooLargeError(Exception):
    """The snippets of a block have too many bytes."""

    def __str__(self) -> str:
        return f"Snippets have more than {_LARGEST:,} bytes together"


def _why(error: Exception, files: Sequence[Path]) -> str:
    """Why a snippet could not be included, of those that were read before."""
    match error:
        case OSError():
            return f"Snippet cannot be read: {error.strerror}"
        case UnicodeDecodeError():
            byte = error.object[error.start]
            return f"Snippet at path '{files[-1].name}' is not UTF-8 (byte 0x{byte:02x})"
        case ValueError():
            return "Snippet asks for lines by what is no number"
    return str(error)


def find_include_line(text: str, error: IncludeError) -> int:
    """The line of the include that an error is about, counted from 1; 0 if no line has a mark."""
    lines = text.splitlines()
    marks = [at for at, line in enumerate(lines, start=1) if "8<" in line]
    message = str(error)
    named = [at for at in marks if any(name in message for name in _NAMES.findall(lines[at - 1]))]
    return (named or marks or [0])[0]
