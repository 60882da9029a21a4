"""The pictures of one page: the files that it links to, and the figures of its run."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from codeout.compare import same_picture
from codeout.plan import picture_file, read_picture
from codeout.shown import Picture, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.config import Config
    from codeout.output import Figure
    from codeout.plan import Plan

_OWN: Final = re.compile(r"\d+\.(png|jpg|svg)")


class Gallery:
    """Gives each figure of a run its file, and knows in the end which files to write.

    Args:
        plan: The page.
        config: Where figures go.
    """

    def __init__(self, plan: Plan, config: Config) -> None:
        self._page = plan.file
        self._folder = folder_of(plan, config)
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
        return old.target == new.target and same_picture(
            read_picture(self._page, old), self._drawn[new.target]
        )

    def keep(self, shown: Iterable[Shown]) -> None:
        """Leave the pictures among these as they are."""
        pictures = (item for item in shown if isinstance(item, Picture))
        self._shown.update({picture_file(self._page, picture): None for picture in pictures})

    def hang(self, shown: Iterable[Shown]) -> None:
        """Have the pictures among these written."""
        for item in shown:
            if isinstance(item, Picture):
                self._shown[picture_file(self._page, item)] = self._drawn[item.target]

    def read(self, picture: Picture) -> bytes:
        """The bytes that a link addresses once all is written."""
        new = self._shown.get(picture_file(self._page, picture))
        return read_picture(self._page, picture) if new is None else new

    def files(self) -> dict[Path, bytes | None]:
        """What to write: files to their bytes, and None for one that nothing shows any more."""
        written = {file: data for file, data in self._shown.items() if data is not None}
        shown = {file.resolve() for file in self._shown}
        there = sorted(self._folder.iterdir()) if self._folder.is_dir() else ()
        own = (file for file in there if _OWN.fullmatch(file.name))
        return {**written, **{file: None for file in own if file.resolve() not in shown}}


def folder_of(plan: Plan, config: Config) -> Path:
    """The folder for the figures of one page.

    The page's path is repeated there from where it parts from the path of the figures:
    ``docs/basics/tensors.md`` draws into ``docs/assets/out/basics/tensors/``. ``README.md`` draws
    into ``docs/assets/out/_/README/``, or else it would meet ``docs/README.md``. Without a setting,
    figures stand beside the page.
    """
    page = Path(plan.path.removesuffix(".md"))
    if not config.figures or ".." in page.parts:
        return plan.file.parent / "assets" / "out" / page.name
    figures = Path(config.figures)
    shared = os.path.commonpath([figures, page.parent])
    pages_there = any(Path(name).parts[:1] == figures.parts[:1] for name in config.pages)
    other = Path("_") if pages_there and not shared else Path()
    return config.root / figures / other / page.relative_to(shared)
