"""Positions of the values in a JSON text, so that one can be replaced without the others."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS: Final = re.compile(r"[ \t\n\r]*")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class JsonSpan:
    """The position of a value: its first character, and the one after its last."""

    start: int
    end: int


class JsonText:
    """A text that is valid JSON, with the positions of its values."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]

    @property
    def whole(self) -> JsonSpan:
        """The position of the whole value."""
        return self._value_at(self._after_blanks(0))

    def elements(self, span: JsonSpan) -> list[JsonSpan]:
        """The positions of the values of an array."""
        return [*self._inside(span)]

    def members(self, span: JsonSpan) -> dict[str, JsonSpan]:
        """The positions of the values of an object by name; the last one of a name counts."""
        inside = [*self._inside(span)]
        return dict(zip(map(self.value, inside[::2]), inside[1::2], strict=True))

    def source(self, span: JsonSpan) -> str:
        """The text of a value."""
        return self.text[span.start : span.end]

    def value(self, span: JsonSpan) -> Any:
        """The value at a position."""
        return json.loads(self.source(span))

    def line(self, at: int) -> int:
        """The line of a character, counted from 1."""
        return bisect_right(self._lines, at)

    def indentation(self, at: int) -> str:
        """The leading blanks of the line of a character."""
        start = self._lines[self.line(at) - 1]
        return self.text[start : self._after_blanks(start)]

    def _inside(self, span: JsonSpan) -> Iterator[JsonSpan]:
        """The positions in an array; in an object, of names and values in turn."""
        at = self._after_blanks(span.start + 1)
        while at < span.end - 1:
            value = self._value_at(at)
            yield value
            at = self._after_blanks(self._after_blanks(value.end) + 1)

    def _value_at(self, at: int) -> JsonSpan:
        return JsonSpan(at, _DECODER.raw_decode(self.text, at)[1])

    def _after_blanks(self, at: int) -> int:
        blanks = _BLANKS.match(self.text, at)
        return blanks.end() if blanks else at
