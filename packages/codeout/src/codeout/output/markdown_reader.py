"""Reads the outputs in the Markdown of a page back; the inverse of writing them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output import colours, commented, console, typed
from codeout.output.markdown import HTML, RAW
from codeout.output.shown import Picture, Printed, Rich
from codeout.output.typed import content
from codeout.page.any_fences import language_of
from codeout.page.gaps import OUTPUT_FENCES, RESULTS
from codeout.page.model import SlotKind
from codeout.page.snippet_syntax import is_marked, unescape_mark
from codeout.text.sgr import without_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.output.shown import Shown
    from codeout.page.model import Slot

_FENCE: Final = re.compile(r"(`{3,}|~{3,})(.*)$")
_PICTURE: Final = re.compile(r"!\[(?P<alt>.*)\]\((?P<target>[^()\s]*)\)(?P<extra>\{.*\})?\s*$")
_FRAME: Final = re.compile(
    r"\[(?:!\[(?P<alt>.*)\]\((?P<target>[^()\s]*)\)|(?P<text>(?!!\[).*))\]"
    r"\((?P<frame>(?:[^()\s]*/)?[0-9]{1,9}\.html)\)(?P<extra>\{.*\})?\s*$"
)
_TITLE: Final = re.compile(r"\btitle\s*=")


_BETWEEN_CODE: Final = {SlotKind.TRANSCRIPTS, SlotKind.COMMENTS, SlotKind.CONSOLE}


class ForeignText(Exception):  # noqa: N818
    """An output tab contains something that is not output.

    Attributes:
        offset: The line of the text in the body, counted from 0.
    """

    def __init__(self, offset: int) -> None:
        super().__init__(f"line {offset} is not output")
        self.offset = offset


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read the body of a slot; the inverse of ``markdown.body``.

    Raises:
        ForeignText: The body contains something that is not output.
    """
    if slot.kind is SlotKind.TRANSCRIPTS:
        return typed.read(slot)
    if slot.kind is SlotKind.COMMENTS:
        return commented.read(slot)
    if slot.kind is SlotKind.CONSOLE:
        return console.read(slot)
    return tuple(item for _, _, item in _items(slot))


def foreign(slot: Slot, made: Callable[[Picture], bool]) -> Iterator[tuple[int, str]]:
    """Yield the outputs in a slot that somebody else may have made.

    Args:
        slot: The slot, which ``read`` can read.
        made: Whether codeout made a picture.

    Returns:
        Lines in the body, counted from 0, and what stands there.
    """
    if slot.kind in _BETWEEN_CODE:
        yield from typed.foreign(slot) if slot.kind is SlotKind.TRANSCRIPTS else ()
        yield from _includes(slot)
        return
    languages = OUTPUT_FENCES if slot.kind is SlotKind.FENCE else RESULTS
    for at, info, item in _items(slot, empty=True):
        if isinstance(item, Picture) and not made(item):
            yield at, f"picture `{item.frame or item.target}`"
        elif info and (language_of(info) not in languages or _TITLE.search(info)):
            yield at, f"fence `{info}`"


def _includes(slot: Slot) -> Iterator[tuple[int, str]]:
    """Yield the lines that the site replaces with a file, which codeout never writes."""
    for at, line in enumerate(_lines(slot)):
        if is_marked(line, quoted=">" in slot.prefix):
            yield at, "line `--8<--`"


def _lines(slot: Slot) -> list[str]:
    return [content(line, slot.prefix) for line in re.split(r"\r\n|\r|\n", slot.source)]


def _items(slot: Slot, *, empty: bool = False) -> Iterator[tuple[int, str, Shown]]:
    """Yield each output in a slot, its line in the body, and what follows the marks of its fence.

    Args:
        slot: The slot.
        empty: Whether a fence without text counts, which is no output.

    Raises:
        ForeignText: The body contains something that is not output.
    """
    lines, quoted = _lines(slot), ">" in slot.prefix
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            end = _find_end(lines, at + 1, fence[1])
            inner = lines[at + 1 : end]
            if included := [k for k, text in enumerate(inner) if is_marked(text, quoted=quoted)]:
                raise ForeignText(at + 1 + included[0])
            text = "\n".join(unescape_mark(each, quoted=quoted) for each in inner)
            if text or empty:
                yield at, fence[2].strip(), Printed(text)
            at = end
        elif picture := _PICTURE.match(line):
            yield at, "", Picture(picture["target"], picture["alt"], picture["extra"] or "")
        elif frame := _FRAME.match(line):
            alt = frame["text"] if frame["target"] is None else frame["alt"]
            target, extra = frame["target"] or "", frame["extra"] or ""
            yield at, "", Picture(target, alt, extra, frame=frame["frame"])
        elif line.startswith(colours.START) and (styled := colours.from_html(line)):
            yield at, "", Printed(without_styles(styled), styled=styled)
        elif line.startswith(HTML):
            yield at, "", Rich(line)
        elif line.strip() and line not in RAW:
            raise ForeignText(at)
        at += 1


def _find_end(lines: Sequence[str], start: int, fence: str) -> int:
    for at in range(start, len(lines)):
        if lines[at].rstrip() == fence:
            return at
    return len(lines)
