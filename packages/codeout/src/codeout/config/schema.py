"""The keys of ``[tool.codeout]`` and the values that they take."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import ConfigError, display_path
from codeout.page.console import LANGUAGES
from codeout.page.directives import WORDS
from codeout.page.doctest_options import OPTIONS
from codeout.page.fence_words import words_in
from codeout.page.fences import CELLS
from codeout.page.model import SlotKind
from codeout.page.modes import RunMode, SessionMode
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from enum import StrEnum


_MOST: Final = 10**12


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _BadValue("a list of strings", '["one", "two"]')
    return tuple(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise _BadValue("a string", '"…"')
    return value


def _code(value: object) -> str:
    code = _string(value)
    if not code.strip():
        raise _BadValue("some code", '"import numpy as np"')
    return code


def _relative(value: object) -> str:
    path = _string(value)
    if "\0" in path or Path(path).is_absolute() or {"..", ".git"} & {*Path(path).parts}:
        raise _BadValue("a path below the folder of pyproject.toml", '"docs/…"')
    return path


def _relatives(value: object) -> tuple[str, ...]:
    try:
        return tuple(map(_relative, _strings(value)))
    except _BadValue as error:
        if error.args[0].startswith("a list"):
            raise
        raise _BadValue("paths below the folder of pyproject.toml", '["docs"]') from error


def _labels(value: object) -> tuple[str, ...]:
    labels = _strings(value)
    if not labels or not all(label.strip() for label in labels):
        raise _BadValue("a list of labels", '["Code", "코드"]')
    return labels


def _variables(value: object) -> dict[str, str]:
    table = _string_table(value)
    for name, text in table.items():
        if not name or "=" in name or "\0" in name + text:
            raise _BadValue("a table of environment variables", '{ NAME = "value" }')
    return table


def _string_table(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise _BadValue("a table of strings", '{ NAME = "value" }')
    return value


def _tables(example: str) -> Callable[[object], list[dict[str, Any]]]:
    def check(value: object) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise _BadValue("an array of tables", example)
        return value

    return check


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= _MOST:
        raise _BadValue("a number above 0", "60")
    return float(value)


def _tolerance(value: object) -> float:
    try:
        return 0.0 if value == 0 and not isinstance(value, bool) else _number(value)
    except _BadValue as error:
        raise _BadValue("a number, 0 or more", "0.001") from error


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise _BadValue(f"a whole number from 0 to {_MOST:,}", "4")
    return value


def _outputs(value: object) -> tuple[str, ...]:
    kinds = [kind for kind in SlotKind if kind is not SlotKind.CONSOLE]
    return _chosen(value, kinds, '["tabs", "fence"]')


def _console(value: object) -> tuple[str, ...]:
    return _chosen(value, LANGUAGES, '["console"]')


def _doctest_options(value: object) -> tuple[str, ...]:
    return _chosen(value, OPTIONS, '["ELLIPSIS"]')


def _chosen(value: object, known: Sequence[str], example: str) -> tuple[str, ...]:
    words = _strings(value)
    if unknown := set(words) - set(known):
        named = ", ".join(f'"{word}"' for word in known)
        raise _BadValue(f"a list of {named}, not {min(unknown)!r}", example)
    return words


def _cells(value: object) -> tuple[str, ...]:
    return _chosen(value, CELLS, '["{code-cell}"]')


def _patterns(value: object) -> tuple[str, ...]:
    patterns = _strings(value)
    for pattern in patterns:
        if len(words_in(pattern)) != 1:
            fit = f"a list of single words of fences, not {pattern!r}"
            raise _BadValue(fit, """['test="skip"', "notest"]""")
    return patterns


def _words(value: object) -> tuple[tuple[str, str], ...]:
    example = """{ 'test="skip"' = "skip" }"""
    try:
        table = _string_table(value)
        _patterns([*table])
    except _BadValue as error:
        raise _BadValue("a table of words of fences and what they mean", example) from error
    for directive in table.values():
        names = [word.partition("=")[0] for word in directive.split()] or [""]
        if unknown := sorted({*names} - {*WORDS}):
            fit = f"a table of words of fences and directives, not {unknown[0]!r}"
            raise _BadValue(fit, example)
    return tuple(table.items())


def _one_of(modes: type[StrEnum]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in set(modes):
            *_, last = modes
            raise _BadValue(" or ".join(f'"{mode}"' for mode in modes), f'"{last}"')
        return str(value)

    return check


class _BadValue(ValueError):  # noqa: N818
    """A value that a key does not take; its arguments are a description and an example of one."""


SETTINGS: Final[Mapping[str, Callable[[object], Any]]] = {
    "pages": _relatives,
    "exclude": _strings,
    "code": _labels,
    "out": _labels,
    "outputs": _outputs,
    "run": _one_of(RunMode),
    "sessions": _one_of(SessionMode),
    "skip": _patterns,
    "words": _words,
    "console": _console,
    "fences": _cells,
    "doctest-options": _doctest_options,
    "snippets": _relatives,
    "figures": _relative,
    "lock": _relative,
    "preload": _strings,
    "environment": _variables,
    "timeout": _number,
    "rtol": _tolerance,
    "output-limit": _count,
    "jobs": _count,
    "assets": _tables('[{ path = "…", sha256 = "…", sources = ["…"] }]'),
    "setup": _tables('[{ pages = ["docs/…"], code = "import numpy as np" }]'),
    "folders": _tables('[{ pages = ["docs/…"], run = "marked" }]'),
    "heading-attributes": _strings,
    "checkpoints": _count,
    "checkpoint-megabytes": _count,
}
"""The keys of ``[tool.codeout]``, each with a function that checks and converts its value."""

ASSET: Final[Mapping[str, Callable[[object], Any]]] = {
    "path": _string,
    "sha256": _string,
    "sources": _strings,
    "stand-in": _relative,
    "pages": _strings,
}
"""The same for ``[[tool.codeout.assets]]``."""

ASSET_REQUIRED: Final = ("path", "sha256", "sources")

LAYOUT: Final = (
    *("code", "out", "outputs", "console", "doctest-options"),
    *("run", "sessions", "skip", "words", "fences"),
)
"""The keys that are attributes of the layout of pages, with hyphens for underscores."""

SETUP: Final[Mapping[str, Callable[[object], Any]]] = {"code": _code, "pages": _relatives}
"""The keys of ``[[tool.codeout.setup]]``, likewise."""

FOLDER: Final[Mapping[str, Callable[[object], Any]]] = {
    key: SETTINGS[key] for key in ("pages", *LAYOUT, "timeout", "rtol")
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
    values = {}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            name = escape_line(key)
            message = f"{place_of(file, key, where, nth)}: unknown key `{name}` in {where}"
            raise ConfigError(message, f"did you mean `{near}`?")
        try:
            values[key.replace("-", "_")] = known[key](value)
        except _BadValue as error:
            fit, example = error.args
            message = f"{place_of(file, key, where, nth)}: `{key}` in {where} must be {fit}"
            raise ConfigError(message, f"such as `{key} = {example}`") from error
    return values


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
