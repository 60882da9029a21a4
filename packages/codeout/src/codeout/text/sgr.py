r"""How printed text looks: the colours and marks that ``ESC [ … m`` selects (ECMA-48, SGR)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

_NAMES: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
COLOURS: Final = (*_NAMES, *(f"bright-{name}" for name in _NAMES))
"""The colours that a text or its background may have, by their numbers."""

MARKS: Final = {1: "bold", 3: "italic", 4: "underline", 7: "inverse"}
"""What else a text may be, by the parameters that select it."""

_ENDS: Final = {21: "bold", 22: "bold", 23: "italic", 24: "underline", 27: "inverse"}
_PLAIN: Final = {39: False, 49: True}  # the usual colour of the text, and of the ground
_RGB: Final = (
    *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0)),
    *((0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)),
    *((127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)),
    *((92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)),
)
"""The colours of xterm."""

_STEPS: Final = (0, 95, 135, 175, 215, 255)
_SGR: Final = re.compile(r"\x1b\[([0-9;]*)m")


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks.

    Attributes:
        text: Its colour, one of ``COLOURS``; empty for that of all text.
        ground: The colour behind it, likewise.
        marks: Which of ``MARKS`` it has.
    """

    text: str = ""
    ground: str = ""
    marks: frozenset[str] = frozenset()

    def after(self, parameters: str) -> Style:
        """The style of what follows a sequence with some parameters; unknown ones are ignored."""
        style, fields = self, re.split(";", parameters)
        while fields:
            field = fields.pop(0)
            number, *more = field.split(":")
            if number in {"38", "48"}:
                colour = _extended([each for each in more if each]) if more else _taken(fields)
                style = style.with_colour(colour, ground=number == "48") if colour else style
            elif field == "4:0":
                style = style.with_mark("underline", on=False)
            elif not number or number.isdecimal():
                style = style.selecting(int(number[:4] or 0))
        return style

    def selecting(self, number: int) -> Style:
        """The style after one parameter; the same if it is unknown."""
        if number == 0:
            return Style()
        if number in MARKS or number in _ENDS:
            return self.with_mark(MARKS.get(number) or _ENDS[number], on=number in MARKS)
        if number in _PLAIN:
            return self.with_colour("", ground=_PLAIN[number])
        for first, offset in ((30, 0), (90, 8)):
            for ground in (False, True):
                at = number - first - 10 * ground
                if 0 <= at < len(_NAMES):
                    return self.with_colour(COLOURS[at + offset], ground=ground)
        return self

    def with_colour(self, colour: str, *, ground: bool) -> Style:
        """The style with a colour of the text, or of the ground behind it."""
        return replace(self, ground=colour) if ground else replace(self, text=colour)

    def with_mark(self, mark: str, *, on: bool) -> Style:
        """The style with one of ``MARKS``, or without it."""
        return replace(self, marks=self.marks | {mark} if on else self.marks - {mark})

    @property
    def seen(self) -> Style:
        """The same look; with colours, ``inverse`` is the exchange of both."""
        if "inverse" in self.marks and (self.text or self.ground):
            return Style(self.ground, self.text, self.marks - {"inverse"})
        return self

    @property
    def sequence(self) -> str:
        """The sequence that selects it after ``ESC [ 0 m``; empty for plain text."""
        numbers = [number for number, mark in MARKS.items() if mark in self.marks]
        for colour, first in ((self.text, 30), (self.ground, 40)):
            if colour:
                at = COLOURS.index(colour)
                numbers.append(first + at if at < len(_NAMES) else first + 60 + at - len(_NAMES))
        return f"\x1b[{';'.join(map(str, numbers))}m" if numbers else ""


Run = tuple[str, Style]
"""A stretch of text that looks alike."""


def join_runs(runs: list[Run]) -> str:
    """Write stretches of one line as text with sequences, in the one form that is used for them."""
    merged: list[Run] = []
    for text, style in runs:
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + text, style)
        elif text:
            merged.append((text, style))
    return "".join(f"{s.sequence}{text}\x1b[0m" if s.sequence else text for text, s in merged)


def split_runs(styled: str) -> list[Run]:
    """Read what ``join_runs`` wrote; also of several lines."""
    pieces = _SGR.split(styled)
    runs: list[Run] = []
    style = Style()
    for text, parameters in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
        style = style.after(parameters)
        runs.append((text, style))
    return [run for run in runs if run[0]]


def without_styles(styled: str) -> str:
    """The text alone of what ``join_runs`` wrote."""
    return _SGR.sub("", styled)


def _taken(fields: list[str]) -> str:
    """Take the fields of a colour from those after ``38`` or ``48``."""
    count = {"5": 2, "2": 4}.get(fields[0] if fields else "", 1)
    taken, fields[:count] = fields[:count], []
    return _extended(taken)


def _extended(fields: list[str]) -> str:
    """The colour nearest to one of 256, or to one given by red, green and blue; empty if bad."""
    if not all(field.isdecimal() and len(field) < 4 for field in fields):  # noqa: PLR2004
        return ""
    match [int(field) for field in fields]:
        case [5, number] if number < len(COLOURS):
            return COLOURS[number]
        case [5, number] if number < 232:  # noqa: PLR2004  # the cube of colours
            at = number - len(COLOURS)
            return _nearest(_STEPS[at // 36], _STEPS[at // 6 % 6], _STEPS[at % 6])
        case [5, number] if number < 256:  # noqa: PLR2004  # the greys
            return _nearest(*[8 + 10 * (number - 232)] * 3)
        case [2, *_, red, green, blue]:
            return _nearest(red, green, blue)
    return ""


def _nearest(*wanted: int) -> str:
    def distance(at: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(_RGB[at], wanted, strict=True))

    return COLOURS[min(range(len(COLOURS)), key=distance)]
