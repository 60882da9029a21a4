"""The labels of tabs: a tab has code, or the output of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.config.schema import line_of
from codeout.errors import ConfigError, display_path
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.config.folders import FolderSettings
    from codeout.page.layout import Layout

_KEYS: Final = ("code", "out")
_HINT: Final = "set both, with labels that differ in more than upper and lower case"


def check_labels(layout: Layout, folders: Sequence[FolderSettings], file: Path) -> None:
    """Check that no label is both one of code and one of outputs, whatever folder a page is in.

    Args:
        layout: The settings of all pages.
        folders: The settings of some, each in place of those and of earlier ones.
        file: The ``pyproject.toml`` that has them.

    Raises:
        ConfigError: There is such a label; says on which line.
    """
    _check(layout, file, _KEYS, "[tool.codeout]", 1)
    earlier = [layout]
    for nth, folder in enumerate(folders, start=1):
        own = {key: folder.values[key] for key in _KEYS if key in folder.values}
        for before in earlier if own else ():
            _check(replace(before, **own), file, tuple(own), "[[tool.codeout.folders]]", nth)
        earlier.append(replace(layout, **own))


def _check(layout: Layout, file: Path, keys: Sequence[str], where: str, nth: int) -> None:
    code = {label.casefold(): label for label in layout.code}
    if shared := [label for label in layout.out if label.casefold() in code]:
        places = (line for key in keys if (line := line_of(file, key, where, nth)))
        place = display_path(file, next(places, 0))
        message = f'{place}: `code` and `out` share the label "{escape_line(shared[0])}"'
        raise ConfigError(message, _HINT)
