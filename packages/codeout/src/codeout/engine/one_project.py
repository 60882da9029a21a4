"""A page belongs to one project, or two would each keep a record and figures of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.config.pyproject import table_in
from codeout.errors import ConfigError, display_path

if TYPE_CHECKING:
    from collections.abc import Iterable


def check_one_project(root: Path, pages: Iterable[Path]) -> None:
    """Check that no page has settings that are nearer than those of the project.

    Args:
        root: The project's folder.
        pages: The files of its pages.

    Raises:
        ConfigError: A page belongs to another project.
    """
    above = {root, *root.parents}
    settled: set[Path] = set()
    for page in pages:
        absolute = Path(os.path.abspath(page))  # noqa: PTH100  # keeps links
        for folder in absolute.parents:
            if folder in above or folder in settled:
                break
            settled.add(folder)
            if _is_project(folder):
                where = display_path(folder / "pyproject.toml")
                message = f"{display_path(page)}: belongs to the project of {where}"
                hint = "call codeout there; `exclude` in [tool.codeout] leaves out pages here"
                raise ConfigError(message, hint)


def _is_project(folder: Path) -> bool:
    try:
        return table_in(folder) is not None
    except ConfigError:  # what is not valid there is told there
        return False
