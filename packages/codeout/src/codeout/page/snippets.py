"""Includes in code, expanded by the library that the renderer uses for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.page.snippet_syntax import has_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES: Final = re.compile(r"""["']([^"':]+)""")


@dataclass(frozen=True, slots=True)
class Expanded:
    """Code with its includes in place, and the files that they came from."""

    code: str
    files: tuple[Path, ...] = ()


class IncludeError(Exception):
    """An include names a file or a section that is not there."""

    def __str__(self) -> str:
        told = super().__str__()
        return told[:1].lower() + told[1:]


def expand(code: str, folders: Sequence[Path]) -> Expanded:
    """Put the pieces that ``--8<--`` names into the code.

    Args:
        code: The code of one block.
        folders: Where the pieces are looked for, in order.

    Raises:
        IncludeError: A piece is missing, cannot be read, or is not UTF-8.
    """
    if not has_marks(code):  # the library takes a while to load
        return Expanded(code)
    from markdown import Markdown
    from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

    class Reader(SnippetPreprocessor):  # type: ignore[misc]
        """Notes the files that it finds."""

        def get_snippet_path(self, path: str) -> str | None:
            found: str | None = super().get_snippet_path(path)
            files.extend([Path(found)] if found else [])
            return found

    files: list[Path] = []
    settings: dict[str, Any] = SnippetExtension().getConfigs()
    settings |= {"base_path": [str(folder) for folder in folders], "check_paths": True}
    try:
        lines = Reader(settings, Markdown()).run(code.split("\n"))
    except OSError as error:
        raise IncludeError(f"Snippet cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        message = f"Snippet at path '{files[-1].name}' is not UTF-8 (byte 0x{byte:02x})"
        raise IncludeError(message) from error
    except ValueError as error:
        raise IncludeError("Snippet asks for lines by what is no number") from error
    except SnippetMissingError as error:
        raise IncludeError(str(error)) from error
    return Expanded("\n".join(lines), tuple(dict.fromkeys(files)))


def line_that_asks(text: str, error: IncludeError) -> int:
    """The line of a text whose include is not there, counted from 1; 0 where none has a mark."""
    lines = text.splitlines()
    marks = [at for at, line in enumerate(lines, start=1) if "8<" in line]
    told = str(error)
    named = [at for at in marks if any(name in told for name in _NAMES.findall(lines[at - 1]))]
    return (named or marks or [0])[0]
