"""The keys of ``[tool.codeout]`` and the values that they take."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

from codeout.config import page_values, values
from codeout.config.kinds import BadValueError
from codeout.errors import ConfigError, display_path
from codeout.page.console import LANGUAGES
from codeout.page.doctest_options import OPTIONS
from codeout.page.fences import CELLS
from codeout.page.model import SlotKind
from codeout.page.modes import Library, RunMode, SessionMode
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_OUTPUTS: Final = tuple(kind for kind in SlotKind if kind is not SlotKind.CONSOLE)

SETTINGS: Final[Mapping[str, Callable[[object], Any]]] = {
    "pages": values.relatives,
    "exclude": values.strings,
    "code": page_values.labels,
    "out": page_values.labels,
    "outputs": page_values.some_of(_OUTPUTS, '["tabs", "fence"]'),
    "run": page_values.one_of(RunMode),
    "sessions": page_values.one_of(SessionMode),
    "skip": page_values.patterns,
    "words": page_values.meanings,
    "console": page_values.some_of(LANGUAGES, '["console"]'),
    "fences": page_values.some_of(CELLS, '["{code-cell}"]'),
    "doctest-options": page_values.some_of(OPTIONS, '["ELLIPSIS"]'),
    "snippets": values.relatives,
    "figures": values.relative_or_none,
    "lock": values.relative_or_none,
    "preload": values.strings,
    "plugins": values.names,
    "environment": values.variables,
    "timeout": values.number,
    "rtol": values.tolerance,
    "colour": values.flag,
    "interactive": page_values.some_of(Library, '["plotly", "altair"]'),
    "output-limit": values.count,
    "jobs": values.count,
    "needs": values.amounts,
    "assets": values.tables('[{ path = "…", sha256 = "…", sources = ["…"] }]'),
    "setup": values.tables('[{ pages = ["docs/…"], code = "import numpy as np" }]'),
    "folders": values.tables('[{ pages = ["docs/…"], run = "marked" }]'),
    "matrix": values.tables('[{ name = "numpy-2.0", requirements = ["numpy==2.0.*"] }]'),
    "heading-attributes": values.strings,
    "export": values.strings,
    "export-hidden": values.flag,
    "llms-txt": values.flag,
    "checkpoints": values.count,
    "checkpoint-megabytes": values.count,
}
"""The keys of ``[tool.codeout]``, each with a function that checks and converts its value."""

ASSET: Final[Mapping[str, Callable[[object], Any]]] = {
    "path": values.string,
    "sha256": values.string,
    "sources": values.strings,
    "stand-in": values.relative,
    "pages": values.strings,
}
"""The same for ``[[tool.codeout.assets]]``."""

ASSET_REQUIRED: Final = ("path", "sha256", "sources")

LAYOUT: Final = (
    *("code", "out", "outputs", "console", "doctest-options"),
    *("run", "sessions", "skip", "words", "fences"),
)
"""The keys that are attributes of the layout of pages, with hyphens for underscores."""

ENVIRONMENT: Final[Mapping[str, Callable[[object], Any]]] = {
    "name": values.name,
    "requirements": values.strings,
    "python": values.python,
}
"""The same for ``[[tool.codeout.matrix]]``."""

ENVIRONMENT_REQUIRED: Final = ("name", "requirements")

SETUP: Final[Mapping[str, Callable[[object], Any]]] = {
    "code": values.code,
    "pages": values.relatives,
}
"""The keys of ``[[tool.codeout.setup]]``, likewise."""

FOLDER: Final[Mapping[str, Callable[[object], Any]]] = {
    key: SETTINGS[key]
    for key in ("pages", *LAYOUT, "timeout", "rtol", "colour", "interactive", "needs")
}
"""The keys of ``[[tool.codeout.folders]]``, with the same functions."""


def checked(
    table: dict[str, Any],
    known: Mapping[str, Callable[[object], Any]],
    file: Path,
    where: str,
    nth: int = 1,
) -> dict[str, Any]:
    """Check the values of a table, and make its keys Python names.

    Args:
        table: The table.
        known: The functions that check and convert values, by key.
        file: The file that holds the table, for messages.
        where: The header of the table: ``[tool.codeout]``.
        nth: Its number among the tables with this header, from 1.

    Raises:
        ConfigError: A key is unknown, or does not take its value; says on which line.
    """
    converted = {}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            name = escape_line(key)
            message = f"{place_of(file, key, where, nth)}: unknown key `{name}` in {where}"
            raise ConfigError(message, f"did you mean `{near}`?")
        try:
            converted[key.replace("-", "_")] = known[key](value)
        except BadValueError as error:
            message = f"{place_of(file, key, where, nth)}: `{key}` in {where} must be {error.fit}"
            raise ConfigError(message, f"such as `{key} = {error.example}`") from error
    return converted


def place_of(file: Path, key: str, where: str, nth: int) -> str:
    """``file:line`` of the nth header of a table or, with a key, of the line that sets it."""
    return display_path(file, line_of(file, key, where, nth))


def line_of(file: Path, key: str, where: str, nth: int) -> int:
    """The line of the nth header of a table or, with a key, the one that sets it; 0 if unknown."""
    header = where.strip("[]")
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip().lstrip("[").startswith(header):
            nth -= 1
        sets = rf"""\s*\[*\s*["']?(tool\.codeout\.)?{re.escape(key)}\b"""
        if nth <= 0 and (not key or re.match(sets, line)):
            return number
    return 0
