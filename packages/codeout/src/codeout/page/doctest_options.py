"""Options of doctest in the comments of a statement: ``# doctest: +ELLIPSIS``."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SKIP: Final = "SKIP"
ELLIPSIS: Final = "ELLIPSIS"
IGNORE_EXCEPTION_DETAIL: Final = "IGNORE_EXCEPTION_DETAIL"
NORMALIZE_WHITESPACE: Final = "NORMALIZE_WHITESPACE"
OPTIONS: Final = (SKIP, ELLIPSIS, NORMALIZE_WHITESPACE, IGNORE_EXCEPTION_DETAIL)
"""The options that change how a statement is run or compared; others have no effect."""

_DIRECTIVE: Final = re.compile(r"#\s*doctest:\s*([^\n'\"]*)$", re.MULTILINE)


def read_options(code: str, default: Iterable[str]) -> tuple[str, ...]:
    """The options of a statement, in alphabetical order.

    Args:
        code: The statement.
        default: The options that it has unless it says otherwise.
    """
    chosen = set(default)
    for word in (word for _, words in _directives(code) for word in words):
        change = {word[1:]} & {*OPTIONS}
        chosen = chosen - change if word.startswith("-") else chosen | change
    return tuple(sorted(chosen))


def bad_options(code: str) -> Iterator[tuple[int, str, str]]:
    """Yield, of each directive, the first word that is no option: its line, from 0, and a hint.

    Words that resemble no option of doctest are left to those who have registered them.
    """
    for line, words in _directives(code):
        bad = ((line, word, hint) for word in words if (hint := _why_not(word)))
        yield from islice(bad, 1)


def has_options(code: str) -> bool:
    """Whether some code has a directive of doctest."""
    return _DIRECTIVE.search(code) is not None


def _why_not(word: str) -> str:
    """What to write instead of a word; empty if it is an option."""
    sign, name = (word[0], word[1:]) if word[0] in "+-" else ("", word)
    near = get_close_matches(name.upper(), OPTIONS, n=1, cutoff=0.8)
    if name not in OPTIONS and near:
        return f"did you mean `{sign or '+'}{near[0]}`?"
    return "" if sign and name.isidentifier() else "write options as in `# doctest: +SKIP`"


def _directives(code: str) -> Iterator[tuple[int, list[str]]]:
    for found in _DIRECTIVE.finditer(code):
        yield code.count("\n", 0, found.start()), found[1].replace(",", " ").split()
