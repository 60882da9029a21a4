"""Figures in files of their own, beside the page or in the folder that the settings name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from codeout.fs.regular import read_regular
from codeout.output.data_difference import first_difference
from codeout.output.figure_folders import OWN, folder_of, scripts_beside
from codeout.output.frames import figure_in, frame_of
from codeout.output.images import same_picture
from codeout.output.model import Figure, Interactive
from codeout.output.scripts import scripts_of
from codeout.output.shown import Picture
from codeout.output.tolerance import RTOL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from codeout.config.settings import Config
    from codeout.output.shown import Shown

LARGEST: Final = 1 << 28  # bytes of a figure


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
        self._scripts = scripts_beside(path, file, config)
        self._home = file.parent if ".." in Path(path).parts else config.root
        self._drawn: dict[str, Figure | Interactive] = {}
        self._count = 0
        self._shown: dict[Path, bytes | None] = {}
        self._beside: dict[Path, bytes] = {}

    def draw(self, figure: Figure | Interactive) -> Picture:
        """Make a link to a figure; figures are passed in the order of the page."""
        self._count += 1
        alt = f"figure {self._count}"
        if isinstance(figure, Figure):
            return Picture(self._place(figure, figure.ending), alt)
        still = figure.picture
        target = self._place(still, still.ending) if still else ""
        return Picture(target, alt, frame=self._place(figure, "html"))

    def _place(self, figure: Figure | Interactive, ending: str) -> str:
        """Give the next figure the address of its file."""
        file = self._folder / f"{self._count}.{ending}"
        target = self._address(file)
        self._drawn[target] = figure
        return target

    def _address(self, file: Path) -> str:
        return quote(Path(os.path.relpath(file, self._page.parent)).as_posix())

    def agree(self, old: Picture, new: Picture, rtol: float = RTOL) -> bool:
        """Whether both pictures look the same and have the same address.

        Of interactive figures the data are compared, and not how they look without scripts.
        """
        if old.frame != new.frame:
            return False
        figure = self._drawn[new.frame or new.target]
        if isinstance(figure, Interactive):
            return not self.difference(old, new, rtol)
        return old.target == new.target and same_picture(self._stored(old.target), figure.data)

    def difference(self, old: Picture, new: Picture, rtol: float) -> str:
        """Where the data of two interactive figures differ; empty if they agree."""
        figure = self._drawn.get(new.frame)
        if not isinstance(figure, Interactive) or old.frame != new.frame:
            return ""
        before = figure_in(self._stored(old.frame))
        if before is None:
            return "its file is missing, or codeout did not write it"
        return first_difference(before, figure, rtol)

    def made(self, picture: Picture, *, recorded: bool) -> bool:
        """Whether a picture has names as figures have, and lies where those of the page do.

        Those of a recorded page may lie elsewhere: the setting for the folder may have changed.
        """
        folder = Path(os.path.normpath(self._folder))
        return all(
            (recorded or file.parent == folder) and OWN.fullmatch(file.name)
            for file in self.sources(picture)
        )

    def keep(self, shown: Iterable[Shown]) -> None:
        """Keep the pictures among these outputs as they are."""
        for picture in (item for item in shown if isinstance(item, Picture)):
            self._shown.update({self._file(address): None for address in picture.addresses})

    def add(self, shown: Iterable[Shown]) -> None:
        """Write the pictures among these outputs.

        Raises:
            CodeoutError: There is no script for an interactive one.
        """
        for picture in (item for item in shown if isinstance(item, Picture)):
            for address in picture.addresses:
                figure = self._drawn.get(address)
                if isinstance(figure, Interactive):
                    self._shown[self._file(address)] = self._frame(figure, picture)
                else:
                    self._shown[self._file(address)] = figure.data if figure else None

    def _frame(self, figure: Interactive, picture: Picture) -> bytes:
        """The file of an interactive figure, beside which the scripts are put that it needs."""
        scripts = scripts_of(figure.library, figure.data, self._scripts)
        self._beside |= {self._scripts / script.name: script.data for script in scripts}
        there = quote(Path(os.path.relpath(self._scripts, self._folder)).as_posix())
        still = self._file(picture.target).name if picture.target else ""
        return frame_of(figure, [f"{there}/{script.name}" for script in scripts], still)

    def read(self, picture: Picture) -> bytes:
        """The bytes of the files that a link leads to, once all is written."""
        return b"".join(map(self.bytes_of, self.sources(picture)))

    def sources(self, picture: Picture) -> tuple[Path, ...]:
        """The files that a link leads to."""
        return tuple(map(self._file, picture.addresses))

    def bytes_of(self, file: Path) -> bytes:
        """The bytes of a file, once all is written."""
        new = self._shown.get(file)
        return self._bytes(file) if new is None else new

    def files_of(self, picture: Picture) -> tuple[Path, ...]:
        """The files of a picture that codeout made; none if it is not ours."""
        ours = self.made(picture, recorded=False)
        return self.sources(picture) if ours else ()

    def files(self) -> Mapping[Path, bytes | None]:
        """The bytes to write by file; None to remove a file that no output shows."""
        written = {file: data for file, data in self._shown.items() if data is not None}
        shown = {file.resolve() for file in self._shown}
        there = sorted(self._folder.iterdir()) if self._folder.is_dir() else ()
        own = (file for file in there if OWN.fullmatch(file.name))
        removed = {file: None for file in own if file.resolve() not in shown}
        scripts = {file: new for file, new in self._beside.items() if self._bytes(file) != new}
        return {**written, **scripts, **removed}

    def _file(self, address: str) -> Path:
        """The file that the page links to; the page's own folder may be gone."""
        return Path(os.path.normpath(self._page.parent / unquote(address)))

    def _stored(self, address: str) -> bytes:
        return self._bytes(self._file(address))

    def _bytes(self, file: Path) -> bytes:
        """The bytes of a file before the run; empty if there is no such file in the project."""
        try:
            return read_regular(file, LARGEST, self._home)
        except (OSError, ValueError):  # the latter for names that no file can have
            return b""
