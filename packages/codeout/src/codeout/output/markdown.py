"""Outputs as a Markdown page shows them, and back: fences, pictures and HTML, all of it inert.

Nothing that was printed may become something else when the page is rendered: not an include, a
fence, a tab, HTML or a template.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.model import Figure, Html, Stream
from codeout.output.rendered import Picture, Printed, Rich
from codeout.output.sanitize import one_line, preformatted, sanitize
from codeout.page.snippet_syntax import escape_mark, unescape_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.output.model import Error, Output, Value
    from codeout.output.rendered import Draw, Shown
    from codeout.page.model import FenceStyle, Slot


class ForeignText(Exception):  # noqa: N818
    """An output tab holds something that is not output.

    Attributes:
        offset: Its line in the body, counted from 0.
    """

    def __init__(self, offset: int) -> None:
        super().__init__(f"line {offset} is not output")
        self.offset = offset


_RAW: Final = ("<!-- {% raw %} -->", "<!-- {% endraw %} -->")
_TEMPLATE: Final = re.compile(r"\{[{%#]")
_END_OF_RAW: Final = re.compile(r"\{%[-+]?\s*endraw")
_FENCE: Final = re.compile(r"(`{3,}|~{3,})(.*)$")
_PICTURE: Final = re.compile(r"!\[(?P<alt>.*)\]\((?P<target>[^()\s]*)\)(?P<extra>\{.*\})?\s*$")
_HTML: Final = ('<div class="codeout-html">', '<pre class="codeout-text">')


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """The body of an output tab.

    Args:
        shown: What it shows, in order; an empty fence is written where there is nothing.
        slot: The place, whose indentation, line ending and style of fence are kept.

    Returns:
        Whole lines with the slot's prefix, the last one ended too.
    """
    quoted = ">" in slot.prefix
    lines: list[str] = []
    for item in shown or (Printed(""),):
        lines += [""] if lines else []
        lines += _lines(item, slot.style, quoted=quoted)
    blank = slot.prefix.rstrip()
    return "".join((slot.prefix + line if line else blank) + slot.newline for line in lines)


def read(slot: Slot) -> tuple[Shown, ...]:
    """What the body of an output tab shows; the inverse of ``body``.

    Raises:
        ForeignText: The body holds something that is not output.
    """
    lines = [_without(slot.prefix, line) for line in re.split(r"\r\n|\r|\n", slot.source)]
    quoted = ">" in slot.prefix
    shown: list[Shown] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            end = _closing(lines, at + 1, fence[1])
            text = "\n".join(unescape_mark(inner, quoted=quoted) for inner in lines[at + 1 : end])
            shown += [Printed(text)] if text else []
            at = end
        elif picture := _PICTURE.match(line):
            shown.append(Picture(picture["target"], picture["alt"], picture["extra"] or ""))
        elif line.startswith(_HTML):
            shown.append(Rich(line))
        elif line.strip() and line not in _RAW:
            raise ForeignText(at)
        at += 1
    return tuple(shown)


def join(outputs: Iterable[Output]) -> Iterator[Output]:
    """Make one text of neighbours; what is not a stream begins and ends a line."""
    text = ""
    for output in outputs:
        if isinstance(output, Figure | Html):
            yield Stream(text)
            yield output
            text = ""
        else:
            text = _joined(text, output)
    yield Stream(text)


def show(output: Output, draw: Draw) -> Shown:
    """An output, its text normalized, as a page shows it; ``draw`` finds a place for a figure."""
    if isinstance(output, Figure):
        return draw(output)
    return rich(output.source) if isinstance(output, Html) else printed(output.text)


def tell(source: str, slot: Slot) -> list[str]:
    """The lines of a body, for people."""
    return [line.removeprefix(slot.prefix) for line in source.splitlines()]


def printed(text: str) -> Printed | Rich:
    """Text in a fence, or in ``<pre>`` where it would end the template guard around a fence."""
    if _END_OF_RAW.search(text):
        return Rich(f"{_HTML[1]}{preformatted(text)}</pre>")
    return Printed(text)


def rich(html: str) -> Rich:
    """Sanitized HTML, on one line, that Markdown and templates leave alone."""
    return Rich(f"{_HTML[0]}{one_line(sanitize(html))}</div>")


def _joined(text: str, output: Stream | Value | Error) -> str:
    """Text with more after it."""
    if isinstance(output, Stream) and output.text:
        return text + output.text
    return _ended(_ended(text) + output.text)


def _ended(text: str) -> str:
    """Text whose last line is ended, if there is one."""
    return text + "\n" if text and not text.endswith("\n") else text


def _lines(item: Shown, style: FenceStyle, *, quoted: bool) -> list[str]:
    if isinstance(item, Picture):
        return [f"![{item.alt}]({item.target}){item.extra}"]
    if isinstance(item, Rich):
        return [item.html]
    runs = re.findall(re.escape(style.char) + "+", item.text)
    fence = style.char * max(style.length, 1 + max(map(len, runs), default=0))
    inner = item.text.split("\n") if item.text else []
    inner = [escape_mark(line, quoted=quoted) for line in inner]
    lines = [f"{fence}{style.info}", *inner, fence]
    return [_RAW[0], "", *lines, "", _RAW[1]] if _TEMPLATE.search(item.text) else lines


def _without(prefix: str, line: str) -> str:
    if line.startswith(prefix):
        return line.removeprefix(prefix).rstrip(" \t")
    return "" if not line.strip("> \t") else line.strip()


def _closing(lines: Sequence[str], start: int, fence: str) -> int:
    for at in range(start, len(lines)):
        if lines[at].rstrip() == fence:
            return at
    return len(lines)
