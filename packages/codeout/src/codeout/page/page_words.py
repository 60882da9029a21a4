"""Directives for a whole page: ``<!-- codeout: page run=marked -->``, anywhere on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from codeout.errors import Problem
from codeout.page.modes import RunMode, SessionMode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from codeout.page.directives import Note
    from codeout.page.layout import Layout

PAGE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "run": tuple(RunMode),
    "sessions": tuple(SessionMode),
}
"""The words that may follow ``page``, each with its values; they are attributes of ``Layout``."""


def layout_of(
    layout: Layout, notes: Iterable[Note], path: str
) -> tuple[Layout, tuple[Problem, ...]]:
    """What a page says of itself, in place of what the settings say.

    Args:
        layout: By the settings.
        notes: The comments of the page that begin with ``page``.
        path: The name of the page, for problems.

    Returns:
        The layout of the page, and the problems of the comments.
    """
    said: dict[str, Any] = {}
    problems: list[Problem] = []
    for note in notes:
        words = note.text.partition("codeout:")[2].split()[1:]
        for word in words or ("",):
            name, _, value = word.partition("=")
            if value not in PAGE_WORDS.get(name, ()):
                problems.append(_unknown(note, word, path))
            elif said.setdefault(name, value) != value:
                message = f"{name!r} is given twice, with different values"
                problems.append(Problem(path, note.line, message, "keep one of the two"))
    return replace(layout, **said), tuple(problems)


def _unknown(note: Note, word: str, path: str) -> Problem:
    known = [f"{name}={value}" for name, values in PAGE_WORDS.items() for value in values]
    message = f"unknown word {word!r} after `page`" if word else "nothing is said of the page"
    return Problem(path, note.line, message, f"one of: {', '.join(known)}")
