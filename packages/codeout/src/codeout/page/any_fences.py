"""Fences as CommonMark has them, whether SuperFences takes them for fences or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPENING: Final = re.compile(
    r"(?P<lead>(?:[> \t]|(?:[-*+]|\d{1,9}[.)])[ \t]+)*+)"
    r"(?P<run>`{3,}+(?=[^`]*$)|~{3,}+)(?P<info>.*)"
)
_WORD: Final = re.compile(
    r"(?:\{(?:code|code-block|sourcecode)\})?[ \t]*\{?[ \t]*\.?(?P<word>[\w#+-]+(?:\.[\w#+-]+)*)"
)
_CLASS: Final = re.compile(r"\{[^}]*?[ \t]\.(?P<word>[\w#+-]+)")
_LONGEST_INFO: Final = 40


@dataclass(frozen=True, slots=True)
class AnyFence:
    """A fence.

    Attributes:
        start: The index of its opening line.
        end: The index of its closing line.
        info: The text after the opening marks, without blanks around it.
        code: The lines in it, without the indentation and the quote marks of the fence.
    """

    start: int
    end: int
    info: str
    code: tuple[str, ...]

    @property
    def word(self) -> str:
        """Its language or its directive as the author means it, in lower case; may be empty."""
        return language_of(self.info)

    @property
    def text(self) -> str:
        """Its code."""
        return "\n".join(self.code)

    @property
    def title(self) -> str:
        """What messages call it."""
        if not self.info:
            return "fence without a language"
        short = self.info[:_LONGEST_INFO] + "…" * (len(self.info) > _LONGEST_INFO)
        return f"fence `{short}`"


def language_of(info: str) -> str:
    """The language, or the directive, that the text after the opening marks names; see ``word``."""
    found = _CLASS.match(info) or _WORD.match(info)
    named = found and not info.startswith("=", found.end())  # or it is an option: title="…"
    return found["word"].lower() if found and named else ""


def any_fences(lines: Sequence[str]) -> tuple[AnyFence, ...]:
    """Find the fences in lines without endings; one that nothing closes is none."""
    return _fences_in(tuple(lines))


@lru_cache(maxsize=8)  # while a page is parsed, several parts of it ask for the same
def _fences_in(lines: tuple[str, ...]) -> tuple[AnyFence, ...]:
    return tuple(_find_fences(lines))


def _find_fences(lines: Sequence[str]) -> Iterator[AnyFence]:
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at])
        end = _closing(lines, at, opening["run"]) if opening else None
        if opening and end is not None:
            width = len(opening["lead"])
            code = tuple(_content(line, width) for line in lines[at + 1 : end])
            yield AnyFence(at, end, opening["info"].strip(), code)
            at = end
        at += 1


def open_fences(lines: Sequence[str]) -> Iterator[AnyFence]:
    """Find what opens a fence that nothing closes; its last line is its first."""
    inside = {at for fence in any_fences(lines) for at in range(fence.start, fence.end + 1)}
    for at, line in enumerate(lines):
        if at not in inside and (opening := _OPENING.match(line)):
            yield AnyFence(at, at, opening["info"].strip(), ())


def _closing(lines: Sequence[str], start: int, run: str) -> int | None:
    for at in range(start + 1, len(lines)):
        text = lines[at].strip("> \t")
        if len(text) >= len(run) and not text.strip(run[0]):
            return at
    return None


def _content(line: str, width: int) -> str:
    return line[width:] if not line[:width].strip("> \t") else line.lstrip("> \t")
