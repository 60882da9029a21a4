"""Places of figures: files beside the page, or the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from codeout.output import notebook
from codeout.output.images import same_picture
from codeout.output.model import Figure, Interactive
from codeout.output.tolerance import RTOL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from codeout.output.shown import Picture, Shown


class Pictures(Protocol):
    """Gives the figures of a run their places, and knows which files to write."""

    def draw(self, figure: Figure | Interactive) -> Picture:
        """Make a picture of a figure; figures are passed in the order of the page."""

    def agree(self, old: Picture, new: Picture, rtol: float = RTOL) -> bool:
        """Whether both pictures look the same and have the same place."""

    def difference(self, old: Picture, new: Picture, rtol: float) -> str:
        """Where the data of two interactive figures differ; empty if that is not known."""

    def made(self, picture: Picture, *, recorded: bool) -> bool:
        """Whether a picture in the page may be one that codeout made.

        Args:
            picture: The picture.
            recorded: Whether the outputs of the page are those of its record.
        """

    def keep(self, shown: Iterable[Shown]) -> None:
        """Keep the pictures among these outputs as they are."""

    def add(self, shown: Iterable[Shown]) -> None:
        """Write the pictures among these outputs.

        Raises:
            CodeoutError: There is no script for an interactive one.
        """

    def read(self, picture: Picture) -> bytes:
        """The bytes of a picture outside of the page, once all is written."""

    def bytes_of(self, file: Path) -> bytes:
        """The bytes of a file of a picture, likewise."""

    def sources(self, picture: Picture) -> tuple[Path, ...]:
        """The files that a picture is read from; none if it is in the page."""

    def files_of(self, picture: Picture) -> tuple[Path, ...]:
        """The files of a picture that codeout made; none if it is in the page, or not ours."""

    def files(self) -> Mapping[Path, bytes | None]:
        """The bytes to write by file; None to remove a file that no output shows."""


class EmbeddedPictures:
    """Pictures inside the page, which are read and written with it."""

    def draw(self, figure: Figure | Interactive) -> Picture:
        """Make a picture of a figure, which is none to work with."""
        if isinstance(figure, Interactive):
            raise TypeError("pages of this format have no files of figures")
        return notebook.draw(figure)

    def agree(self, old: Picture, new: Picture, rtol: float = RTOL) -> bool:
        """Whether both pictures look the same."""
        del rtol
        return same_picture(notebook.data_of(old), notebook.data_of(new))

    def difference(self, old: Picture, new: Picture, rtol: float) -> str:
        """Nothing is known of it."""
        del old, new, rtol
        return ""

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

    def bytes_of(self, file: Path) -> bytes:
        """Likewise."""
        del file
        return b""

    def sources(self, picture: Picture) -> tuple[Path, ...]:
        """None: it is in the page."""
        del picture
        return ()

    def files_of(self, picture: Picture) -> tuple[Path, ...]:
        """Likewise."""
        del picture
        return ()

    def files(self) -> Mapping[Path, bytes | None]:
        """No files."""
        return {}
