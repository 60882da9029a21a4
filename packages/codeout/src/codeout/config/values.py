"""The kinds of values that settings take: each function checks one, and converts it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.config.kinds import BadValueError, of

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST: Final = 10**12
_NAME: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?"
_PYTHON: Final = r"3(\.[0-9]{1,2}){1,2}"
TEXT: Final = {"type": "string", "pattern": r"\S"}
TEXTS: Final = {"type": "array", "items": TEXT}
TABLE: Final = {"type": "object", "additionalProperties": {"type": "string"}}


@of(TEXTS)
def strings(value: object) -> tuple[str, ...]:
    """A list of strings, none of them empty."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadValueError("a list of strings", '["one", "two"]')
    if not all(item.strip() for item in value):
        raise BadValueError("a list of strings that are not empty", '["one", "two"]')
    return tuple(value)


@of({"type": "string"})
def string(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise BadValueError("a string", '"…"')
    return value


@of({"type": "string", "pattern": f"^{_NAME}$"})
def name(value: object) -> str:
    """A name of letters, digits, points and hyphens."""
    text = string(value)
    if not re.fullmatch(_NAME, text):
        raise BadValueError("a name of letters, digits, points and hyphens", '"numpy-2.0"')
    return text


@of({"type": "array", "items": {"type": "string", "pattern": f"^{_NAME}$"}})
def names(value: object) -> tuple[str, ...]:
    """A list of such names."""
    try:
        return tuple(map(name, strings(value)))
    except BadValueError as error:
        raise BadValueError("a list of names of packages", '["codeout-units"]') from error


@of({"type": "string", "pattern": f"^{_PYTHON}$"})
def python(value: object) -> str:
    """A version of Python."""
    text = string(value)
    if not re.fullmatch(_PYTHON, text):
        raise BadValueError("a version of Python", '"3.12"')
    return text


@of(TEXT)
def code(value: object) -> str:
    """Python code, which is not empty."""
    text = string(value)
    if not text.strip():
        raise BadValueError("some code", '"import numpy as np"')
    return text


@of(TEXT)
def relative(value: object) -> str:
    """A path below the folder of the settings."""
    path = string(value)
    leaves = Path(path).is_absolute() or {"..", ".git"} & {*Path(path).parts}
    if not path.strip() or "\0" in path or leaves:
        raise BadValueError("a path below the folder of pyproject.toml", '"docs/…"')
    return path


@of({"type": "string"})
def relative_or_none(value: object) -> str:
    """Such a path, or an empty string for none."""
    return "" if value == "" else relative(value)


@of(TEXTS)
def relatives(value: object) -> tuple[str, ...]:
    """A list of such paths."""
    paths = strings(value)
    try:
        return tuple(map(relative, paths))
    except BadValueError as error:
        raise BadValueError("paths below the folder of pyproject.toml", '["docs"]') from error


@of(TABLE)
def variables(value: object) -> dict[str, str]:
    """A table of environment variables."""
    table = string_table(value)
    for name, text in table.items():
        if not name or "=" in name or "\0" in name + text:
            raise BadValueError("a table of environment variables", '{ NAME = "value" }')
    return table


@of({"type": "object", "additionalProperties": {"type": "number", "exclusiveMinimum": 0}})
def amounts(value: object) -> dict[str, float]:
    """A table of numbers above 0."""
    example = "{ GPU = 1 }"
    if not isinstance(value, dict) or not all(name.strip() for name in value):
        raise BadValueError("a table of numbers above 0", example)
    try:
        return {name: number(amount) for name, amount in value.items()}
    except BadValueError as error:
        raise BadValueError("a table of numbers above 0", example) from error


def string_table(value: object) -> dict[str, str]:
    """A table of strings."""
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise BadValueError("a table of strings", '{ NAME = "value" }')
    return value


def tables(example: str) -> Callable[[object], list[dict[str, Any]]]:
    """An array of tables, such as an example."""

    def check(value: object) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise BadValueError("an array of tables", example)
        return value

    return check


@of({"type": "number", "exclusiveMinimum": 0, "maximum": _MOST})
def number(value: object) -> float:
    """A number above 0."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= _MOST:
        raise BadValueError("a number above 0", "60")
    return float(value)


@of({"type": "number", "minimum": 0, "maximum": _MOST})
def tolerance(value: object) -> float:
    """A number, 0 or more."""
    try:
        return 0.0 if value == 0 and not isinstance(value, bool) else number(value)
    except BadValueError as error:
        raise BadValueError("a number, 0 or more", "0.001") from error


@of({"type": "boolean"})
def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise BadValueError("true or false", "true")
    return value


@of({"type": "integer", "minimum": 0, "maximum": _MOST})
def count(value: object) -> int:
    """A whole number, 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise BadValueError(f"a whole number from 0 to {_MOST:,}", "4")
    return value
