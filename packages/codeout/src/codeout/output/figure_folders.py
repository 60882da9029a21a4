"""The folders of figures: no two pages of a project share one."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.output.bundle import PICTURES
from codeout.output.scripts import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.config.settings import Config

OWN: Final = re.compile(rf"[0-9]{{1,9}}\.({'|'.join(PICTURES.values())}|html)")
"""The names of the files of figures."""

_TAKEN: Final = re.compile(rf"(?:{OWN.pattern})_*")


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


def scripts_beside(path: str, file: Path, config: Config) -> Path:
    """The folder for the scripts of interactive figures, one for all pages of a project."""
    if not config.figures or ".." in Path(path).parts:
        return file.parent / "assets" / "out" / FOLDER
    return config.root / config.figures / FOLDER


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
