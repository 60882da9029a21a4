"""Words of other tools at a fence, such as ``test="skip"``, as directives."""

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


def is_comment(text: str) -> bool:
    """Whether a pattern or a line is a comment as a whole, in HTML or as MyST has them."""
    return text.startswith("%") or (text.startswith("<!--") and text.endswith("-->"))


def notes_of_comment(text: str, line: int, mapping: Mapping[str, str]) -> Iterator[Note]:
    """Yield the directives that a comment of another tool stands for.

    Args:
        text: The comment with its marks.
        line: The line where it begins.
        mapping: See ``notes_of``; blanks and further dashes in the patterns do not matter.
    """
    comments = {_said(pattern): each for pattern, each in mapping.items() if is_comment(pattern)}
    for pattern, directive in comments.items():
        if re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), _said(text), re.DOTALL):
            yield Note(line, f"codeout: {directive}")


def _said(comment: str) -> str:
    """What a comment says, with one blank between words, after its first mark."""
    inner = comment[1:] if comment.startswith("%") else comment[4:-3].strip("-")
    return f"{comment[0]}{' '.join(inner.split())}"


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
