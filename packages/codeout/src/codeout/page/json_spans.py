"""Where the values of a JSON text stand, so that one can be replaced and the rest left alone."""

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
    """From the first character of a value to the one after its last."""

    start: int
    end: int


class JsonText:
    """The places of what a text holds; the text is known to be JSON."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(end.end() for end in _LINE_END.finditer(text))]

    @property
    def whole(self) -> JsonSpan:
        """The one value that the text is."""
        return self._value_at(self._after_blanks(0))

    def elements(self, span: JsonSpan) -> list[JsonSpan]:
        """The values of an array."""
        return [*self._inside(span)]

    def members(self, span: JsonSpan) -> dict[str, JsonSpan]:
        """The values of an object; of a name given twice the last one counts, as in ``json``."""
        inside = [*self._inside(span)]
        return dict(zip(map(self.value, inside[::2]), inside[1::2], strict=True))

    def source(self, span: JsonSpan) -> str:
        """A value as it is written."""
        return self.text[span.start : span.end]

    def value(self, span: JsonSpan) -> Any:
        """A value."""
        return json.loads(self.source(span))

    def line(self, at: int) -> int:
        """The line of a place, counted from 1."""
        return bisect_right(self._lines, at)

    def indentation(self, at: int) -> str:
        """The blanks that the line of a place begins with."""
        start = self._lines[self.line(at) - 1]
        return self.text[start : self._after_blanks(start)]

    def _inside(self, span: JsonSpan) -> Iterator[JsonSpan]:
        """The values of an array; of an object, names and values by turns."""
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
