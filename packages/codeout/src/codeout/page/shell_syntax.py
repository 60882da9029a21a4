"""Whether a shell would ask for more of a command: quotes, here-documents and loops left open."""

from __future__ import annotations

import re
import shlex
from enum import Enum, auto
from typing import Final

_HEREDOC: Final = re.compile(r"(?<!<)<<(?P<tabs>-?)[ \t]*(?P<word>\\?[\w.]+|'[^']+'|\"[^\"]+\")")
_LAST_BACKSLASH: Final = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_OPERATORS: Final = ";&|()\n"
_OPERATOR: Final = re.compile(r"&&|\|\||;;|[;&|()\n]")
_CLOSED_BY: Final = {
    **dict.fromkeys(("for", "while", "until", "select"), "done"),
    "if": "fi",
    "case": "esac",
    "{": "}",
    "(": ")",
}
_BEFORE_COMMANDS: Final = frozenset(
    {
        *(";", "\n", "&", "&&", "|", "||", "(", ")", "{", "!"),
        *("if", "then", "elif", "else", "while", "until", "do", "time"),
    }
)


class Missing(Enum):
    """What a shell would wait for after the lines of a command."""

    NOTHING = auto()
    LINE = auto()
    """The next line, whatever it is."""
    TEXT = auto()
    """The end of a here-document."""
    REST = auto()
    """The end of a quote, of a loop or the like."""


def missing(code: str) -> Missing:
    """What is missing from a command, as far as can be told without running it."""
    text, ended = _without_heredocs(code)
    if not ended:
        return Missing.TEXT
    if _LAST_BACKSLASH.search(text):
        return Missing.LINE
    try:
        words = _words(text)
    except ValueError:  # a quote is open
        return Missing.REST
    open_end = bool(words) and words[-1] in {"|", "||", "&&"}
    return Missing.REST if open_end or _is_open(words) else Missing.NOTHING


def _without_heredocs(code: str) -> tuple[str, bool]:
    """A command without the texts of its here-documents, and whether all of them have ended."""
    kept: list[str] = []
    waiting: list[tuple[str, bool]] = []
    for line in code.split("\n"):
        if not waiting:
            kept.append(line)
            ends = _HEREDOC.finditer(line)
            waiting = [(end["word"].strip("\\'\""), bool(end["tabs"])) for end in ends]
        elif (line.lstrip("\t") if waiting[0][1] else line) == waiting[0][0]:
            waiting.pop(0)
    return "\n".join(kept), not waiting


def _words(text: str) -> list[str]:
    """The words and operators of a command, without quotes.

    Raises:
        ValueError: A quote is open.
    """
    lexer = shlex.shlex(text.replace("\\\n", ""), posix=True, punctuation_chars=_OPERATORS)
    lexer.whitespace = " \t"
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        words += [word] if word.strip(_OPERATORS) else _OPERATOR.findall(word) or [word]
    return words


def _is_open(words: list[str]) -> bool:
    """Whether a loop, a condition or a group has not ended."""
    ends: list[str] = []
    before = [";", *words]
    for last, word in zip(before, words, strict=False):
        first = last in _BEFORE_COMMANDS
        if ends and word == ends[-1] and (first or word == ")"):
            ends.pop()
        elif word == "(" or (first and word in _CLOSED_BY):
            ends.append(_CLOSED_BY[word])
    return bool(ends)
