"""Settings of single pages, gathered: those of the project, and those of folders."""

from __future__ import annotations

import glob
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from codeout.config.folders import FolderSettings, Setup

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence


def gathered(
    pages: Mapping[str, Mapping[str, Any]], defaults: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[FolderSettings, ...]]:
    """The settings that give each page its own.

    Args:
        pages: The settings of each page by its name; a key that is not there has its default.
        defaults: The value of each key on pages that say nothing.

    Returns:
        The settings of the project, as most pages have them, and those of folders and pages that
        differ.
    """
    common: dict[str, Any] = {}
    folders: dict[tuple[str, ...], dict[str, Any]] = {}
    for key, default in defaults.items():
        values = {path: own.get(key, default) for path, own in pages.items()}
        usual = _most_common(values, default)
        if usual != default:
            common[key] = usual
        for value in sorted({*values.values()} - {usual}):
            chosen = {path for path in values if values[path] == value}
            patterns = tuple(_patterns(chosen, values.keys()))
            folders.setdefault(patterns, {})[key] = value
    return common, tuple(FolderSettings(patterns, own) for patterns, own in folders.items())


def gathered_imports(pages: Mapping[str, Sequence[str]]) -> tuple[Setup, ...]:
    """The code that runs before some pages, for those with the same imports together.

    Args:
        pages: The imports that each page lacks, by its name; may be empty.
    """
    found = []
    for statements in sorted({tuple(each) for each in pages.values() if each}):
        chosen = {path for path, each in pages.items() if tuple(each) == statements}
        found.append(Setup("\n".join(statements), "", tuple(_patterns(chosen, pages.keys()))))
    return tuple(found)


def _most_common(values: Mapping[str, Hashable], default: Hashable) -> Hashable:
    counts = Counter(values.values())
    return max(counts, key=lambda value: (counts[value], value == default), default=default)


def _patterns(chosen: Collection[str], pages: Collection[str], folder: str = "") -> Iterator[str]:
    """Yield folders all of whose pages are chosen, and the other chosen pages."""
    below = [page for page in pages if page.startswith(folder)]
    if folder and len(below) > 1 and all(page in chosen for page in below):
        yield glob.escape(folder.rstrip("/"))
        return
    depth = len(PurePosixPath(folder).parts)
    parts = sorted({PurePosixPath(page).parts[depth] for page in below if page in chosen})
    for part in parts:
        path = f"{folder}{part}"
        if path in chosen:
            yield glob.escape(path)
        else:
            yield from _patterns(chosen, pages, f"{path}/")
