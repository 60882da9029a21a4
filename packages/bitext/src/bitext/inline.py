"""Inline Markdown of one block: its prose, code, links and numbers, and its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TARGET = r"\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_TEXT = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
_IMAGE = re.compile(rf"!{_TEXT}(?:{_TARGET}|\[[^\]]*\])")
_LINK = re.compile(rf"{_TEXT}(?:{_TARGET}|\[([^\]]*)\])")
_BARE_LINK = re.compile(r"<?(https?://[^\s<>)\]]+[^\s<>)\].,:;!?])>?")
_ATTRIBUTES = re.compile(r"""\{:?\s*(?:(?:[#.][\w-]+|[\w-]+=(?:"[^"]*"|'[^']*'|[^\s}]+))\s*)+\}""")
_INVISIBLE = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>|&#?\w+;|\[\^[^\]]*\]", re.DOTALL)
_EMPHASIS = re.compile(r"\*+|(?<![\w\\])_+(?=\w)|(?<=\w)_+(?!\w)|\\(?=[\W_])")
_HANGUL = re.compile("[가-힣]")
_HANGUL_WORD = re.compile(r"\w*[가-힣]\w*")
_LATIN = re.compile("[A-Za-z]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_NUMBER = re.compile(
    r"([0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)*)"
    r"\s?(억|만|천|thousand\b|million\b|billion\b)?"
)
_UNITS = {
    "천": 10**3,
    "만": 10**4,
    "억": 10**8,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
}
_FRACTION = re.compile(
    r"(?<![0-9.,])(?:(?P<whole>[0-9]+)분의\s?(?P<part>[0-9]+)"
    r"|(?P<first>[0-9]+)(?:/|\sin\s|\sout\sof\s)(?P<second>[0-9]+))"
)
_FRACTION_WORD = re.compile(r"\b(half|third|quarter|fifth|tenth|hundredth)\b", re.IGNORECASE)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "hundredth": 100}
SEPARATOR = re.compile(r"\s·\s|<br */?>")
_HEADING = re.compile(r"(?P<title>.*?)\s*(?:\{:?(?P<attributes>[^{}]*)\})?[\s#]*", re.DOTALL)
_DATA_KO = re.compile(r"""(?<![\w-])data-ko=(?:"([^"]*)"|'([^']*)')""")
_CODE_MARK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        text: The number as written.
        values: Its possible values: ``3만`` is 30,000, or 3 and a particle. The values of both
            numbers of a fraction include the fraction.
        is_word: Whether it is written in words, so that the other language may lack it.
    """

    text: str
    values: frozenset[str]
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """The contents of a text.

    Attributes:
        prose: The text without markup; each piece of code is replaced by a placeholder.
        prose_and_code: The same with the code left in. Hangul in code and in the texts of links,
            which name other pages, is replaced by ``-``.
        code: The inline code.
        links: The targets of its links.
        numbers: The numbers in its prose.
        images: The descriptions of its images.
        only_links: Whether it consists of links alone.
    """

    prose: str
    prose_and_code: str
    code: frozenset[str]
    links: frozenset[str]
    numbers: tuple[Number, ...]
    images: tuple[str, ...]
    only_links: bool


@lru_cache(maxsize=4096)
def read_inline(text: str) -> Inline:
    """Read inline Markdown."""
    code = [match[2].strip() for match in _CODE.finditer(text)]
    text = _ATTRIBUTES.sub("", _CODE.sub(_CODE_MARK, text))
    images = tuple(match[1] for match in _IMAGE.finditer(text))
    text = _IMAGE.sub("", text)
    links = {match[2] or match[3] or match[1] for match in _LINK.finditer(text)}
    rest = _LINK.sub("", text)
    links |= {match[1] for match in _BARE_LINK.finditer(rest)}
    names = iter(code)
    prose_and_code = _BARE_LINK.sub("", _LINK.sub(lambda match: _mask_name(match[1]), text))
    return Inline(
        prose := _strip_markup(_BARE_LINK.sub("", _LINK.sub(r"\1", text))),
        re.sub(
            _CODE_MARK, lambda _: _HANGUL.sub("-", next(names, "")), _strip_markup(prose_and_code)
        ),
        frozenset(code),
        frozenset(links),
        tuple(_numbers(prose)),
        images,
        only_links=bool(links)
        and not re.search(rf"\w|{_CODE_MARK}", _strip_markup(_BARE_LINK.sub("", rest))),
    )


def is_korean(text: str) -> bool:
    """Whether a text has Hangul outside of code, unless it consists of links alone."""
    inline = read_inline(text)
    return bool(_HANGUL.search(inline.prose)) and not inline.only_links


def is_english(text: str) -> bool:
    """Whether a text has at least as many Latin letters as Hangul syllables, outside of code."""
    prose = read_inline(text).prose
    return len(_LATIN.findall(prose)) >= len(_HANGUL.findall(prose))


def hangul_words(text: str) -> list[str]:
    """The words of a text that contain Hangul, outside of code."""
    return _HANGUL_WORD.findall(read_inline(text).prose)


def english_words(text: str) -> int:
    """Count the English words of a text outside of code; a text of links alone has none."""
    inline = read_inline(text)
    return 0 if inline.only_links else len(_LATIN_WORD.findall(inline.prose))


def split_halves(text: str) -> tuple[str, str] | None:
    """Split ``한국어 · English``, in either order, or two halves with a line break between them.

    Args:
        text: Inline Markdown.

    Returns:
        The Korean and the English; None if there are not both.
    """
    for match in SEPARATOR.finditer(text):
        first, second = text[: match.start()].strip(), text[match.end() :].strip()
        if are_halves(first, second):
            return first, second
        if are_halves(second, first):
            return second, first
    return None


def are_halves(korean: str, english: str) -> bool:
    """Whether the first text is in Korean and the second may be its English."""
    return (
        is_korean(korean) and not hangul_words(english) and bool(read_inline(english).prose.strip())
    )


def split_heading(text: str) -> tuple[str, str | None]:
    """Split a heading into its title and its ``data-ko``, None if it has no such attribute."""
    match = _HEADING.fullmatch(text)
    if match is None:
        return text, None
    korean = _DATA_KO.search(match["attributes"] or "")
    return match["title"], (korean[1] or korean[2] or "").strip() if korean else None


def shorten(text: str, width: int = 76) -> str:
    """Put a text on one line of at most ``width`` characters."""
    line = " ".join(text.replace(_CODE_MARK, "`…`").split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _strip_markup(text: str) -> str:
    return _EMPHASIS.sub("", _INVISIBLE.sub(" ", text))


def _mask_name(text: str) -> str:
    """The text of a link, with its Hangul masked unless it explains a term."""
    return text if "(" in text else _HANGUL.sub("-", text)


def _numbers(prose: str) -> Iterator[Number]:
    fractions: dict[int, str] = {}
    for match in _FRACTION.finditer(prose):
        part, whole = ("part", "whole") if match["part"] else ("first", "second")
        value = f"{match[part]}/{match[whole]}"
        fractions |= {match.start(part): value, match.start(whole): value}
    for match in _NUMBER.finditer(prose):
        plain, unit = match[1].replace(",", ""), match[2] or ""
        values = {plain}
        if unit and re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain):
            large = f"{float(plain) * _UNITS[unit]:.0f}"
            values = {large, plain} if _HANGUL.match(unit) else {large}
        values |= {fractions[match.start()]} if match.start() in fractions else set()
        yield Number(match[0].strip(), frozenset(values))
    for match in _FRACTION_WORD.finditer(prose):
        value = f"1/{_PARTS[match[1].lower()]}"
        yield Number(match[1], frozenset({value}), is_word=True)
