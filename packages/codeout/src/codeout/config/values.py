"""The kinds of values that settings take: each function checks one, and converts it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.page.directives import WORDS, Note, read_directive
from codeout.page.fence_words import is_comment, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

_MOST: Final = 10**12


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


def strings(value: object) -> tuple[str, ...]:
    """A list of strings, none of them empty."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadValueError("a list of strings", '["one", "two"]')
    if not all(item.strip() for item in value):
        raise BadValueError("a list of strings that are not empty", '["one", "two"]')
    return tuple(value)


def string(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise BadValueError("a string", '"…"')
    return value


def name(value: object) -> str:
    """A name of letters, digits, points and hyphens."""
    text = string(value)
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?", text):
        raise BadValueError("a name of letters, digits, points and hyphens", '"numpy-2.0"')
    return text


def python(value: object) -> str:
    """A version of Python."""
    text = string(value)
    if not re.fullmatch(r"3(\.[0-9]{1,2}){1,2}", text):
        raise BadValueError("a version of Python", '"3.12"')
    return text


def code(value: object) -> str:
    """Python code, which is not empty."""
    text = string(value)
    if not text.strip():
        raise BadValueError("some code", '"import numpy as np"')
    return text


def relative(value: object) -> str:
    """A path below the folder of the settings."""
    path = string(value)
    leaves = Path(path).is_absolute() or {"..", ".git"} & {*Path(path).parts}
    if not path.strip() or "\0" in path or leaves:
        raise BadValueError("a path below the folder of pyproject.toml", '"docs/…"')
    return path


def relative_or_none(value: object) -> str:
    """Such a path, or an empty string for none."""
    return "" if value == "" else relative(value)


def relatives(value: object) -> tuple[str, ...]:
    """A list of such paths."""
    paths = strings(value)
    try:
        return tuple(map(relative, paths))
    except BadValueError as error:
        raise BadValueError("paths below the folder of pyproject.toml", '["docs"]') from error


def labels(value: object) -> tuple[str, ...]:
    """A list of labels of tabs: at least one, each once, as pages have them."""
    example = '["Code", "코드"]'
    try:
        names = strings(value)
    except BadValueError as error:
        raise BadValueError(error.fit, example) from error
    if not names:
        raise BadValueError("a list of labels", example)
    for name in names:
        if name.splitlines() != [name.strip()]:
            raise BadValueError(f"a list of labels without blanks around, not {name!r}", example)
        if names.count(name) > 1:
            raise BadValueError(f"a list of labels, each once, not {name!r} twice", example)
    return names


def variables(value: object) -> dict[str, str]:
    """A table of environment variables."""
    table = _string_table(value)
    for name, text in table.items():
        if not name or "=" in name or "\0" in name + text:
            raise BadValueError("a table of environment variables", '{ NAME = "value" }')
    return table


def amounts(value: object) -> dict[str, float]:
    """A table of numbers above 0."""
    example = "{ GPU = 1 }"
    if not isinstance(value, dict) or not all(name.strip() for name in value):
        raise BadValueError("a table of numbers above 0", example)
    try:
        return {name: number(amount) for name, amount in value.items()}
    except BadValueError as error:
        raise BadValueError("a table of numbers above 0", example) from error


def _bad_directive(text: str) -> str:
    """What is wrong with a directive; empty if it is right, or waits for what ``*`` will be."""
    _, problems = read_directive([Note(1, f"codeout: {text}")], "")
    return problems[0].message if problems and "*" not in text else ""


def _string_table(value: object) -> dict[str, str]:
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


def number(value: object) -> float:
    """A number above 0."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= _MOST:
        raise BadValueError("a number above 0", "60")
    return float(value)


def tolerance(value: object) -> float:
    """A number, 0 or more."""
    try:
        return 0.0 if value == 0 and not isinstance(value, bool) else number(value)
    except BadValueError as error:
        raise BadValueError("a number, 0 or more", "0.001") from error


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise BadValueError("true or false", "true")
    return value


def count(value: object) -> int:
    """A whole number, 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise BadValueError(f"a whole number from 0 to {_MOST:,}", "4")
    return value


def some_of(known: Iterable[str], example: str) -> Callable[[object], tuple[str, ...]]:
    """A list of some known words."""
    words = tuple(known)

    def check(value: object) -> tuple[str, ...]:
        chosen = strings(value)
        if unknown := set(chosen) - {*words}:
            named = ", ".join(f'"{word}"' for word in words)
            raise BadValueError(f"a list of {named}, not {min(unknown)!r}", example)
        return chosen

    return check


def one_of(modes: type[StrEnum]) -> Callable[[object], str]:
    """One of some words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in set(modes):
            *_, last = modes
            raise BadValueError(" or ".join(f'"{mode}"' for mode in modes), f'"{last}"')
        return str(value)

    return check


def patterns(value: object) -> tuple[str, ...]:
    """A list of patterns, each for one word of a fence or for a comment before it."""
    words = strings(value)
    for pattern in words:
        if len(words_in(pattern)) != 1 and not is_comment(pattern):
            fit = f"a list of single words of fences, not {pattern!r}"
            raise BadValueError(fit, """['test="skip"', "notest"]""")
    return words


def meanings(value: object) -> tuple[tuple[str, str], ...]:
    """A table of such patterns, and the directives that they stand for; empty for nothing."""
    example = """{ 'test="skip"' = "skip" }"""
    try:
        table = _string_table(value)
        patterns([*table])
    except BadValueError as error:
        raise BadValueError("a table of words of fences and what they mean", example) from error
    for directive in table.values():
        names = [word.partition("=")[0] for word in directive.split()]
        if unknown := sorted({*names} - {*WORDS}):
            fit = f"a table of words of fences and directives, not {unknown[0]!r}"
            raise BadValueError(fit, example)
        if bad := _bad_directive(directive):
            raise BadValueError(f"a table of words of fences and directives: {bad}", example)
    return tuple(table.items())
