"""Settings for some pages: ``[[tool.codeout.folders]]`` and ``[[tool.codeout.setup]]``."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """What differs for some pages.

    Attributes:
        pages: Folders and patterns of the pages.
        values: The values by the names of the attributes of ``Config`` and of its layout.
    """

    pages: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """Code that runs before the first block of each session of some pages.

    Attributes:
        code: The code.
        place: The file and the line of the settings that have it.
        pages: Folders and patterns of the pages; all pages if there are none.
    """

    code: str
    place: str = field(compare=False)
    pages: tuple[str, ...] = ()


def names_page(patterns: Iterable[str], path: str) -> bool:
    """Whether one of some patterns names a page, or a folder that it is in.

    Args:
        patterns: Paths of pages and folders, with ``*`` for any text; ``.`` is the whole project.
        path: The name of the page.
    """
    return any(
        pattern == "." or fnmatch(path, pattern) or fnmatch(path, f"{pattern.rstrip('/')}/*")
        for pattern in patterns
    )
