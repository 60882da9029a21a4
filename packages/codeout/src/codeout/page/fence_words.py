"""Words of other tools after the language of a fence, such as ``test="skip"``, as directives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.page.any_fences import language_of
from codeout.page.directives import Note
from codeout.page.gaps import is_python

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WORD: Final = re.compile(
    r"""(?P<key>[^\s{},="']+)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{},"']*)))?"""
)
_HEADER: Final = re.compile(r"(?P<run>[> ]*(?:`{3,}|~{3,}))(?P<info>[^`{]*)")


def words_in(info: str) -> list[str]:
    """The words in the text after the marks of a fence, or in a pattern; values without quotes."""
    return [_plain(match) for match in _WORD.finditer(info)]


def _plain(match: re.Match[str]) -> str:
    values = (match["double"], match["single"], match["bare"])
    value = next((value for value in values if value is not None), None)
    return match["key"] if value is None else f"{match['key']}={value}"


def notes_of(words: Iterable[str], line: int, mapping: Mapping[str, str]) -> Iterator[Note]:
    """Yield the directives that words stand for.

    Args:
        words: The words.
        line: The line where they are.
        mapping: Directives by patterns of words. ``*`` is any text in a pattern, and what the
            first one matched in a directive.
    """
    for word in words:
        for pattern, directive in mapping.items():
            parts = map(re.escape, "".join(words_in(pattern)).split("*"))
            if found := re.fullmatch("(.*)".join(parts), word, re.DOTALL):
                text = directive.replace("*", found[1]) if found.groups() else directive
                yield Note(line, f"codeout: {text}")


def notes_of_fence(info: str, line: int, mapping: Mapping[str, str]) -> Iterator[Note]:
    """Yield the directives that the words after the language of a fence stand for."""
    return notes_of(words_in(info)[1:], line, mapping)


def as_rendered(line: str, mapping: Mapping[str, str]) -> str:
    """A line without the words that SuperFences does not know, so that it opens its fence.

    In braces, it takes any words.

    Args:
        line: A line without its ending.
        mapping: See ``notes_of``.
    """
    header = _HEADER.fullmatch(line)
    if header is None or not is_python(language_of(header["info"].strip())):
        return line
    first, *others = _WORD.finditer(header["info"])
    kept = [word[0] for word in others if not any(notes_of([_plain(word)], 0, mapping))]
    if len(kept) == len(others):
        return line
    return header["run"] + header["info"][: first.start()] + " ".join([first[0], *kept])
