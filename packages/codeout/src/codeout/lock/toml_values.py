"""The values in a lock: how they are written as TOML, and checks of the form that they have."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from codeout.config.kinds import SCHEMAS, of
from codeout.lock.observing import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Check = Callable[[object], bool]
"""Whether a value has a form."""

DIGEST: Final = re.compile(r"[0-9a-f]{0,64}")
NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?")  # as PEP 508 has it
VERSION: Final = re.compile(r"[A-Za-z0-9.!_+-]{0,64}")
_MOST: Final = 10**9  # blocks or seconds


def matches(pattern: re.Pattern[str]) -> Check:
    """A string of a form."""

    @of({"type": "string", "pattern": f"^(?:{pattern.pattern})$"})
    def check(value: object) -> bool:
        return isinstance(value, str) and pattern.fullmatch(value) is not None

    return check


@of({"type": "string", "maxLength": LONGEST})
def is_text(value: object) -> bool:
    """A string that is not too long."""
    return isinstance(value, str) and len(value) <= LONGEST


@of({"type": "array", "items": SCHEMAS[is_text]})
def are_texts(value: object) -> bool:
    """A list of them."""
    return isinstance(value, list) and all(map(is_text, value))


def maps(key: Check, item: Check) -> Check:
    """A table, by checks of its keys and its values."""

    @of({"type": "object", "propertyNames": SCHEMAS[key], "additionalProperties": SCHEMAS[item]})
    def check(value: object) -> bool:
        return isinstance(value, dict) and all(key(k) and item(v) for k, v in value.items())

    return check


def has(values: Mapping[str, Check], required: Sequence[str]) -> Check:
    """A table with some keys and no others, each with a check of its value."""
    schema = {
        "type": "object",
        "properties": {key: SCHEMAS[check] for key, check in values.items()},
        "required": [*required],
        "additionalProperties": False,
    }

    @of(schema)
    def check(value: object) -> bool:
        return isinstance(value, dict) and all(
            key in values and key in value and values[key](value[key])
            for key in (*required, *value)
        )

    return check


@of({"type": "string", "format": "date"})
def is_day(value: object) -> bool:
    """A date without a time."""
    return type(value) is dt.date


@of({"type": "number", "minimum": 0, "maximum": _MOST})
def is_seconds(value: object) -> bool:
    """A number of seconds."""
    return type(value) in {int, float} and 0 <= value <= _MOST  # type: ignore[operator]


@of({"type": "integer", "minimum": 0, "maximum": _MOST})
def is_count(value: object) -> bool:
    """A whole number, 0 or more."""
    return type(value) is int and 0 <= value <= _MOST


def array(values: Iterable[str]) -> str:
    """A list of strings."""
    return f"[{', '.join(map(string, values))}]"


def inline(table: Mapping[str, str]) -> str:
    """A table of strings on one line; the keys are sorted."""
    pairs = [f"{string(key)} = {string(value)}" for key, value in sorted(table.items())]
    return f"{{ {', '.join(pairs)} }}" if pairs else "{}"


def string(text: str) -> str:
    """A string in TOML, which is written as in JSON but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
