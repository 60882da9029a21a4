"""The pictures of one page: those that it links to or holds, and the figures of its run."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote, unquote

from codeout.output import notebook
from codeout.output.images import same_picture
from codeout.output.rendered import Picture, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from codeout.config.settings import Config
    from codeout.output.model import Figure

_OWN: Final = re.compile(r"\d+\.(png|jpg|svg)")


class Pictures(Protocol):
    """Gives each figure of a run its place, and knows in the end which files to write."""

    def draw(self, figure: Figure) -> Picture:
        """A picture of a figure of the run, in the order of the page."""

    def agree(self, old: Picture, new: Picture) -> bool:
        """Whether both show the same, in the same place."""

    def keep(self, shown: Iterable[Shown]) -> None:
        """Leave the pictures among these as they are."""

    def hang(self, shown: Iterable[Shown]) -> None:
        """Have the pictures among these written."""

    def read(self, picture: Picture) -> bytes:
        """The bytes that a page needs beyond its own, once all is written."""

    def files(self) -> Mapping[Path, bytes | None]:
        """What to write: files to their bytes, and None for one that nothing shows any more."""


class Inside:
    """Pictures that the page itself holds: with it they are read, kept and written."""

    def draw(self, figure: Figure) -> Picture:
        """A picture of a figure of the run."""
        return notebook.draw(figure)

    def agree(self, old: Picture, new: Picture) -> bool:
        """Whether both show the same."""
        return same_picture(notebook.data_of(old), notebook.data_of(new))

    def keep(self, shown: Iterable[Shown]) -> None:
        """There is nothing to do."""

    def hang(self, shown: Iterable[Shown]) -> None:
        """There is nothing to do."""

    def read(self, picture: Picture) -> bytes:
        """Nothing is needed beyond the page."""
        del picture
        return b""

    def files(self) -> Mapping[Path, bytes | None]:
        """There are none."""
        return {}


class Gallery:
    """Pictures in files of their own.

    Args:
        path: The name of the page.
        file: The page.
        config: Where figures go.
    """

    def __init__(self, path: str, file: Path, config: Config) -> None:
        self._page = file
        self._folder = folder_of(path, file, config)
        self._drawn: dict[str, bytes] = {}
        self._shown: dict[Path, bytes | None] = {}

    def draw(self, figure: Figure) -> Picture:
        """A link to a figure of the run, in the order of the page."""
        number = len(self._drawn) + 1
        file = self._folder / f"{number}.{figure.ending}"
        target = quote(Path(os.path.relpath(file, self._page.parent)).as_posix())
        self._drawn[target] = figure.data
        return Picture(target, alt=f"figure {number}")

    def agree(self, old: Picture, new: Picture) -> bool:
        """Whether both show the same, at the same address."""
        return old.target == new.target and same_picture(self._stored(old), self._drawn[new.target])

    def keep(self, shown: Iterable[Shown]) -> None:
        """Leave the pictures among these as they are."""
        pictures = (item for item in shown if isinstance(item, Picture))
        self._shown.update({self._file(picture): None for picture in pictures})

    def hang(self, shown: Iterable[Shown]) -> None:
        """Have the pictures among these written."""
        for item in shown:
            if isinstance(item, Picture):
                self._shown[self._file(item)] = self._drawn[item.target]

    def read(self, picture: Picture) -> bytes:
        """The bytes that a link addresses once all is written."""
        new = self._shown.get(self._file(picture))
        return self._stored(picture) if new is None else new

    def files(self) -> Mapping[Path, bytes | None]:
        """What to write: files to their bytes, and None for one that nothing shows any more."""
        written = {file: data for file, data in self._shown.items() if data is not None}
        shown = {file.resolve() for file in self._shown}
        there = sorted(self._folder.iterdir()) if self._folder.is_dir() else ()
        own = (file for file in there if _OWN.fullmatch(file.name))
        return {**written, **{file: None for file in own if file.resolve() not in shown}}

    def _file(self, picture: Picture) -> Path:
        """The file that a picture in the page links to."""
        return self._page.parent / unquote(picture.target)

    def _stored(self, picture: Picture) -> bytes:
        """The bytes of a picture as they are; none if it is not there."""
        file = self._file(picture)
        return file.read_bytes() if file.is_file() else b""


def folder_of(path: str, file: Path, config: Config) -> Path:
    """The folder for the figures of one page.

    The page's path is repeated there from where it parts from the path of the figures:
    ``docs/basics/tensors.md`` draws into ``docs/assets/out/basics/tensors/``. ``README.md`` draws
    into ``docs/assets/out/_/README/``, or else it would meet ``docs/README.md``. Without a setting,
    figures stand beside the page.
    """
    page = Path(path.removesuffix(".md"))
    if not config.figures or ".." in page.parts:
        return file.parent / "assets" / "out" / page.name
    figures = Path(config.figures)
    shared = os.path.commonpath([figures, page.parent])
    pages_there = any(Path(name).parts[:1] == figures.parts[:1] for name in config.pages)
    other = Path("_") if pages_there and not shared else Path()
    return config.root / figures / other / page.relative_to(shared)
