"""Places in a text as editors count them: lines from 0, characters in the units of a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lsprotocol.types import Position, PositionEncodingKind, Range

from codeout.page.lines import ending_of, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

UTF_16: Final[str] = PositionEncodingKind.Utf16
"""How characters are counted if nothing else was agreed on."""


@dataclass(frozen=True, slots=True)
class Positions:
    """The lines of a text, and how a client counts their characters.

    Lines end with CRLF, CR or LF, as in the protocol and on a page; ``str.splitlines`` knows more.

    Attributes:
        lines: The lines, with their endings.
        encoding: What was agreed on with the client.
    """

    lines: Sequence[str]
    encoding: str = UTF_16

    @classmethod
    def of(cls, text: str, encoding: str) -> Positions:
        """The places in a text."""
        return cls(split_lines(text), encoding)

    def line(self, number: int) -> str:
        """A line without its ending, counted from 1; empty beyond the end."""
        at = number - 1
        line = self.lines[at] if 0 <= at < len(self.lines) else ""
        return line.removesuffix(ending_of(line))

    def whole(self, number: int) -> Range:
        """The text of a line, without its indentation; ``number`` counts from 1."""
        text = self.line(number)
        indent = len(text) - len(text.lstrip())
        return self.part(number, indent, len(text))

    def part(self, number: int, start: int, end: int) -> Range:
        """A part of a line, by indexes into its string."""
        text, line = self.line(number), max(0, min(number - 1, len(self.lines)))
        return Range(
            Position(line, self._units(text[:start])), Position(line, self._units(text[:end]))
        )

    def between(self, start: int, end: int) -> Range:
        """Whole lines, endings included: from one up to another, both counted from 1."""
        last = self.lines[-1] if self.lines else ""
        stop = Position(end - 1, 0)
        if end > len(self.lines) and last and not ending_of(last):
            stop = Position(len(self.lines) - 1, self._units(last))
        return Range(Position(start - 1, 0), stop)

    def _units(self, text: str) -> int:
        if self.encoding == PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        if self.encoding == PositionEncodingKind.Utf32:
            return len(text)
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
