"""Places of figures: files beside the page, or the page itself."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote, unquote

from codeout.fs.regular import read_regular
from codeout.output import notebook
from codeout.output.bundle import PICTURES
from codeout.output.images import same_picture
from codeout.output.shown import Picture, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from codeout.config.settings import Config
    from codeout.output.model import Figure

LARGEST: Final = 1 << 28  # bytes of a picture
_OWN: Final = re.compile(rf"[0-9]{{1,9}}\.({'|'.join(PICTURES.values())})")
_TAKEN: Final = re.compile(rf"(?:{_OWN.pattern})_*")


class Pictures(Protocol):
    """Gives the figures of a run their places, and knows which files to write."""

    def draw(self, figure: Figure) -> Picture:
        """Make a picture of a figure; figures are passed in the order of the page."""

    def agree(self, old: Picture, new: Picture) -> bool:
        """Whether both pictures look the same and have the same place."""

    def made(self, picture: Picture, *, recorded: bool) -> bool:
        """Whether a picture in the page may be one that codeout made.

        Args:
            picture: The picture.
            recorded: Whether the outputs of the page are those of its record.
        """

    def keep(self, shown: Iterable[Shown]) -> None:
        """Keep the pictures among these outputs as they are."""

    def add(self, shown: Iterable[Shown]) -> None:
        """Write the pictures among these outputs."""

    def read(self, picture: Picture) -> bytes:
        """The bytes of a picture outside of the page, once all is written."""

    def file_of(self, picture: Picture) -> Path | None:
        """The file of a picture that codeout made; None if it is in the page, or not ours."""

    def files(self) -> Mapping[Path, bytes | None]:
        """The bytes to write by file; None to remove a file that no output shows."""


class EmbeddedPictures:
    """Pictures inside the page, which are read and written with it."""

    def draw(self, figure: Figure) -> Picture:
        """Make a picture of a figure."""
        return notebook.draw(figure)

    def agree(self, old: Picture, new: Picture) -> bool:
        """Whether both pictures look the same."""
        return same_picture(notebook.data_of(old), notebook.data_of(new))

    def made(self, picture: Picture, *, recorded: bool) -> bool:
        """Pictures inside the page are outputs of its cells."""
        del picture, recorded
        return True

    def keep(self, shown: Iterable[Shown]) -> None:
        """Nothing to do."""

    def add(self, shown: Iterable[Shown]) -> None:
        """Nothing to do."""

    def read(self, picture: Picture) -> bytes:
        """Nothing is outside of the page."""
        del picture
        return b""

    def file_of(self, picture: Picture) -> Path | None:
        """None: it is in the page."""
        del picture
        return None

    def files(self) -> Mapping[Path, bytes | None]:
        """No files."""
        return {}


class PictureFiles:
    """Pictures in files of their own.

    Args:
        path: The name of the page.
        file: The file of the page.
        config: The settings, with the folder of figures.
    """

    def __init__(self, path: str, file: Path, config: Config) -> None:
        self._page = file
        self._folder = folder_of(path, file, config)
        self._home = file.parent if ".." in Path(path).parts else config.root
        self._drawn: dict[str, bytes] = {}
        self._shown: dict[Path, bytes | None] = {}

    def draw(self, figure: Figure) -> Picture:
        """Make a link to a figure; figures are passed in the order of the page."""
        number = len(self._drawn) + 1
        file = self._folder / f"{number}.{figure.ending}"
        target = quote(Path(os.path.relpath(file, self._page.parent)).as_posix())
        self._drawn[target] = figure.data
        return Picture(target, alt=f"figure {number}")

    def agree(self, old: Picture, new: Picture) -> bool:
        """Whether both pictures look the same and have the same address."""
        return old.target == new.target and same_picture(self._stored(old), self._drawn[new.target])

    def made(self, picture: Picture, *, recorded: bool) -> bool:
        """Whether a picture has a name as figures have, and lies where those of the page do.

        Those of a recorded page may lie elsewhere: the setting for the folder may have changed.
        """
        file = self._file(picture)
        own = file.parent == Path(os.path.normpath(self._folder))
        return (own or recorded) and _OWN.fullmatch(file.name) is not None

    def keep(self, shown: Iterable[Shown]) -> None:
        """Keep the pictures among these outputs as they are."""
        pictures = (item for item in shown if isinstance(item, Picture))
        self._shown.update({self._file(picture): None for picture in pictures})

    def add(self, shown: Iterable[Shown]) -> None:
        """Write the pictures among these outputs."""
        for item in shown:
            if isinstance(item, Picture):
                self._shown[self._file(item)] = self._drawn[item.target]

    def read(self, picture: Picture) -> bytes:
        """The bytes of the file that a link leads to, once all is written."""
        new = self._shown.get(self._file(picture))
        return self._stored(picture) if new is None else new

    def file_of(self, picture: Picture) -> Path | None:
        """The file of a picture that codeout made; None if it is not ours."""
        return self._file(picture) if self.made(picture, recorded=False) else None

    def files(self) -> Mapping[Path, bytes | None]:
        """The bytes to write by file; None to remove a file that no output shows."""
        written = {file: data for file, data in self._shown.items() if data is not None}
        shown = {file.resolve() for file in self._shown}
        there = sorted(self._folder.iterdir()) if self._folder.is_dir() else ()
        own = (file for file in there if _OWN.fullmatch(file.name))
        return {**written, **{file: None for file in own if file.resolve() not in shown}}

    def _file(self, picture: Picture) -> Path:
        """The file that a picture in the page links to; the page's own folder may be gone."""
        return Path(os.path.normpath(self._page.parent / unquote(picture.target)))

    def _stored(self, picture: Picture) -> bytes:
        """The bytes of a picture before the run; empty if there is no such file in the project."""
        try:
            return read_regular(self._file(picture), LARGEST, self._home)
        except (OSError, ValueError):  # the latter for names that no file can have
            return b""


def folder_of(path: str, file: Path, config: Config) -> Path:
    """The folder for the figures of one page. No two pages of a project share one.

    Below the folder of figures, the path of the page is repeated. The first folder of both is left
    out if there may be pages in it: ``docs/basics/tensors.md`` has
    ``docs/assets/out/basics/tensors/``, and other pages come after ``_``: ``README.md`` has
    ``docs/assets/out/_/README/``. Without a setting, the folder is beside the page.
    """
    page = Path(_stem(path))
    if not config.figures or ".." in page.parts:
        return file.parent / "assets" / "out" / page.name
    figures = Path(config.figures)
    home = figures.parts[:1]
    if not home or not _may_hold_pages(figures, config.pages):
        return config.root / figures / _escaped(page.parts)
    if page.parent.parts[:1] == home:
        return config.root / figures / _escaped(page.parts[1:])
    return config.root / figures / "_" / _escaped(page.parts)


def _may_hold_pages(figures: Path, patterns: Sequence[str]) -> bool:
    """Whether there may be pages in the first folder of that of figures.

    A pattern for all folders means it too, unless it is one for figures by its name.
    """
    first, *others = figures.parts
    starts = {"".join(Path(pattern).parts[:1]) for pattern in patterns or (".",)}
    everywhere = any(not start or fnmatch(first, start) for start in starts)
    return first in starts or (everywhere and first != "assets" and bool(others))


def _stem(path: str) -> str:
    """The name of a page without ``.md``, unless what is left is the name of a page too."""
    stem = path.removesuffix(".md")
    return path if stem.endswith((".md", ".markdown", ".ipynb")) else stem


def _escaped(parts: Sequence[str]) -> Path:
    """A path without names that mean something else here: ``_``, and those of figures."""
    first, *others = (f"{name}_" if _TAKEN.fullmatch(name) else name for name in parts)
    return Path(f"{first}_" if not first.strip("_") else first, *others)
