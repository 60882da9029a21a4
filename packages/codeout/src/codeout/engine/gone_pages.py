"""Pages that are gone, as after ``git mv``: their records, and the figures that codeout wrote."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from codeout.fs.digest import digest
from codeout.fs.place import NewFile, check_place
from codeout.fs.regular import read_regular
from codeout.output.figure_files import LARGEST
from codeout.output.figure_folders import folder_of
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from codeout.config.settings import Config
    from codeout.engine.page_file import PageFile
    from codeout.lock.lockfile import Lock
    from codeout.lock.record import Record


@dataclass(frozen=True, slots=True)
class GonePage:
    """A page that is gone, with what is left of it and can be removed.

    Attributes:
        path: Its name.
        figures: The figures that codeout wrote for it and that no page mentions.
        recorded: Whether its record is of no use any more.
    """

    path: str
    figures: tuple[Path, ...]
    recorded: bool = True

    def __str__(self) -> str:
        if not self.figures:
            return f"{self.path}: is no page any more, and its record is gone"
        figures = plural(len(self.figures), "figure")
        return f"{self.path}: is gone, and so is what it drew: {figures}"

    @property
    def left(self) -> str:
        """What is left of it."""
        figures = [plural(len(self.figures), "figure")] if self.figures else []
        return " and ".join([*(["its record"] if self.recorded else []), *figures])


def gone_with_figures(config: Config, lock: Lock, pages: Sequence[PageFile]) -> set[str]:
    """The pages that are gone and drew figures: until these are removed, their records stay."""
    left = {*lock} - {page.path for page in pages}
    drew = {path for path in left if (record := lock.get(path)) and record.figures}
    return {path for path in drew if not os.path.lexists(config.root / path)}


def find_gone(config: Config, lock: Lock, pages: Sequence[PageFile]) -> tuple[GonePage, ...]:
    """What can be removed: records of pages that are not in the project, figures of those gone.

    A figure can only if the record says that codeout wrote it as it is now. While a page mentions
    one, as after a move until the page has run, the record stays, for the next time.

    Args:
        config: The settings.
        lock: The records.
        pages: All pages of the project.

    Raises:
        OSError: A page cannot be read.
    """
    found = []
    for path in sorted({*lock} - {page.path for page in pages}):
        record = lock.get(path)
        figures = _figures(config, path, record) if record else []
        unused = tuple(file for file in figures if not _mentioned(config, file, pages))
        page = GonePage(path, unused, recorded=len(unused) == len(figures))
        found += [page] if page.left else []
    return tuple(found)


def remove_gone(config: Config, lock: Lock, pages: Sequence[PageFile]) -> tuple[GonePage, ...]:
    """Remove what ``find_gone`` finds, and return it; call ``write`` of the lock afterwards.

    Raises:
        OSError: A page cannot be read, or a figure cannot be removed.
    """
    gone = find_gone(config, lock, pages)
    for page in gone:
        for file in page.figures:
            file.unlink(missing_ok=True)
            remove_empty(file.parent, config.root)
        if page.recorded:
            lock.forget(page.path)
    return gone


def _figures(config: Config, path: str, record: Record) -> list[Path]:
    """The files that codeout wrote for a page that is gone, and that are as it wrote them."""
    page = config.root / path
    if ".." in Path(path).parts or os.path.lexists(page):
        return []
    folder = folder_of(path, page, config)
    named = ((folder / name, known) for name, known in record.figures.items())
    return [file for file, known in named if holds(file, known, config.root)]


def holds(file: Path, known: str, root: Path) -> bool:
    """Whether a file in a project has a digest, so that it is as codeout wrote it."""
    with contextlib.suppress(OSError):
        check_place(NewFile(file, b"", root))
        return not file.is_symlink() and digest(read_regular(file, LARGEST, root)) == known
    return False


def _mentioned(config: Config, file: Path, pages: Iterable[PageFile]) -> bool:
    """Whether a page names a figure: from where it is, or by the folder of figures."""
    folder = config.root / config.figures if config.figures else file.parent.parent
    name = file.relative_to(folder.parent).as_posix()
    for page in pages:
        names = {name, Path(os.path.relpath(file, page.file.parent)).as_posix()}
        text = page.file.read_bytes()
        if any(each.encode() in text for each in names | {*map(quote, names)}):
            return True
    return False


def remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder, and those above it, as far as they are empty."""
    with contextlib.suppress(OSError):
        for each in (folder, *folder.parents):
            if each == root:
                return
            each.rmdir()
