"""String literals of Python: where each character of a value is in the source, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LITERAL: Final = re.compile(
    r"(?P<prefix>[rRuU]?)(?P<quote>'''|\"\"\"|'|\")(?P<body>(?:\\.|(?!(?P=quote))[^\\])*+)(?P=quote)",
    re.DOTALL,
)
_NEWLINE: Final = r"\r\n|[\r\n]"
_RAW: Final = re.compile(rf"{_NEWLINE}|.", re.DOTALL)
_COOKED: Final = re.compile(
    rf"""
    (?P<joined>\\(?:{_NEWLINE}))
    | (?P<escape>\\(?:N\{{[^}}]*\}}|U[0-9a-fA-F]{{8}}|u[0-9a-fA-F]{{4}}|x[0-9a-fA-F]{{2}}
        |[0-7]{{1,3}}|[\\'"abfnrtv]))
    | {_NEWLINE}
    | .
    """,
    re.DOTALL | re.VERBOSE,
)
_NOT_IN_SOURCE: Final = {"\\": r"\\", "\0": r"\x00", "\r": r"\r"}


@dataclass(frozen=True, slots=True)
class StringStyle:
    """How a string literal is written.

    Attributes:
        quote: What opens and closes it.
        raw: Whether backslashes in it mean themselves.
    """

    quote: str
    raw: bool = False

    def tokens(self, body: str) -> Iterator[tuple[int, str]]:
        """Yield each piece of a body that stands for a character: its start and the character.

        Args:
            body: The source between the quotes, or whole lines of it.
        """
        for token in (_RAW if self.raw else _COOKED).finditer(body):
            if token.lastgroup == "escape":
                yield token.start(), token[0].encode().decode("unicode_escape")
            elif token.lastgroup != "joined":
                yield token.start(), "\n" if token[0] in {"\r", "\r\n"} else token[0]

    def value(self, body: str) -> str:
        """The value of a body."""
        return "".join(char for _, char in self.tokens(body))

    def escape(self, text: str, *, closed: bool = False) -> str:
        """Write a text so that its value in the literal is the text.

        Args:
            text: Without line breaks.
            closed: Whether the end of the literal follows.

        Returns:
            The text as it is if the literal is raw; see ``refuses``.
        """
        if self.raw:
            return text
        char = self.quote[0]
        text = "".join(_NOT_IN_SOURCE.get(each, each) for each in text)
        runs = re.compile(rf"{char}{{{len(self.quote)},}}" + (rf"|{char}+\Z" if closed else ""))
        return runs.sub(lambda run: f"\\{char}" * len(run[0]), text)

    def refuses(self, text: str, *, closed: bool = False) -> str:
        """What of a text the literal cannot hold, as Python; empty if it can hold all of it."""
        if not self.raw:
            return ""
        for char in ("\0", "\r", self.quote):
            if char in text:
                return self.quote if char == self.quote else repr(char)
        last = text[-1:] if closed else ""
        return last if last in {"\\", self.quote[0]} else ""


@dataclass(frozen=True)
class StringLiteral:
    """A string literal: one, not several beside each other.

    Attributes:
        style: How it is written.
        body: The source between the quotes.
        start: Where the body starts.
    """

    style: StringStyle
    body: str
    start: int

    @cached_property
    def value(self) -> str:
        """Its value."""
        return "".join(char for _, char in self._tokens)

    @cached_property
    def _tokens(self) -> tuple[tuple[int, str], ...]:
        return tuple(self.style.tokens(self.body))

    def offset(self, index: int) -> int:
        """Where the source of a character of the value starts; for the end, where the body ends."""
        at = self._tokens[index][0] if index < len(self._tokens) else len(self.body)
        return self.start + at


def read_literal(source: str, start: int = 0) -> StringLiteral | None:
    """Read a string literal.

    Args:
        source: All of it, with its prefix and its quotes.
        start: Where it starts, to be added to the offsets.

    Returns:
        None if it is several strings, or one of bytes, or has values in it.
    """
    if (found := _LITERAL.fullmatch(source)) is None:
        return None
    style = StringStyle(found["quote"], raw=found["prefix"] in {"r", "R"})
    return StringLiteral(style, found["body"], start + found.start("body"))
