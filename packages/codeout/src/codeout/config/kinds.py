"""What a kind of values is: a check that also converts, with a schema for editors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

Check = Callable[[object], Any]
"""Checks a value, and converts it."""

_Check = TypeVar("_Check", bound=Check)

SCHEMAS: Final[dict[Check, Mapping[str, Any]]] = {}
"""The JSON Schema of each kind of values."""


class BadValueError(ValueError):
    """A value that a key does not take.

    Args:
        fit: A description of the values that it takes.
        example: One of them, as TOML.
    """

    def __init__(self, fit: str, example: str) -> None:
        super().__init__(fit, example)
        self.fit = fit
        self.example = example


def of(schema: Mapping[str, Any]) -> Callable[[_Check], _Check]:
    """Keep the schema of what a check takes; it may take less."""

    def keep(check: _Check) -> _Check:
        SCHEMAS[check] = schema
        return check

    return keep
