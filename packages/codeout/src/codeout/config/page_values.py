"""The kinds of values that say how pages are written: labels, words of fences, modes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.config.kinds import BadValueError, of
from codeout.config.values import TABLE, TEXTS, string_table, strings
from codeout.page.directives import WORDS, Note, read_directive
from codeout.page.fence_words import is_comment, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum


@of({**TEXTS, "minItems": 1, "uniqueItems": True})
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


def _bad_directive(text: str) -> str:
    """What is wrong with a directive; empty if it is right, or waits for what ``*`` will be."""
    _, problems = read_directive([Note(1, f"codeout: {text}")], "")
    return problems[0].message if problems and "*" not in text else ""


def some_of(known: Iterable[str], example: str) -> Callable[[object], tuple[str, ...]]:
    """A list of some known words."""
    words = tuple(known)

    @of({"type": "array", "items": {"enum": [*map(str, words)]}})
    def check(value: object) -> tuple[str, ...]:
        chosen = strings(value)
        if unknown := set(chosen) - {*words}:
            named = ", ".join(f'"{word}"' for word in words)
            raise BadValueError(f"a list of {named}, not {min(unknown)!r}", example)
        return chosen

    return check


def one_of(modes: type[StrEnum]) -> Callable[[object], str]:
    """One of some words."""

    @of({"enum": [*map(str, modes)]})
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in set(modes):
            *_, last = modes
            raise BadValueError(" or ".join(f'"{mode}"' for mode in modes), f'"{last}"')
        return str(value)

    return check


@of(TEXTS)
def patterns(value: object) -> tuple[str, ...]:
    """A list of patterns, each for one word of a fence or for a comment before it."""
    words = strings(value)
    for pattern in words:
        if len(words_in(pattern)) != 1 and not is_comment(pattern):
            fit = f"a list of single words of fences, not {pattern!r}"
            raise BadValueError(fit, """['test="skip"', "notest"]""")
    return words


@of(TABLE)
def meanings(value: object) -> tuple[tuple[str, str], ...]:
    """A table of such patterns, and the directives that they stand for; empty for nothing."""
    example = """{ 'test="skip"' = "skip" }"""
    try:
        table = string_table(value)
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
