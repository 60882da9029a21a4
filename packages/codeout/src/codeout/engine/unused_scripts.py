"""Scripts of interactive figures that codeout copied into a project and that no figure loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.engine.gone_pages import holds, remove_empty
from codeout.output.figure_folders import OWN
from codeout.output.scripts import FOLDER, NAME, scripts_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codeout.config.settings import Config


def remove_unused_scripts(config: Config) -> tuple[Path, ...]:
    """Remove them, if they are as codeout wrote them; returns them.

    Raises:
        OSError: A figure cannot be read, or a script cannot be removed.
    """
    figures = config.root / config.figures
    ours = [*_ours(figures / FOLDER, config.root)] if config.figures else []
    if not ours:
        return ()
    frames = (file for file in figures.rglob("*.html") if OWN.fullmatch(file.name))
    used = set[str]().union(*(scripts_in(file.read_bytes()) for file in frames))
    unused = tuple(file for file in ours if file.name not in used)
    for file in unused:
        file.unlink(missing_ok=True)
        remove_empty(file.parent, config.root)
    return unused


def _ours(folder: Path, root: Path) -> Iterator[Path]:
    for file in folder.iterdir() if folder.is_dir() else ():
        made = NAME.fullmatch(file.name)
        if made and holds(file, made["digest"], root):
            yield file
