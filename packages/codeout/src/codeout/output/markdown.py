"""Outputs in Markdown, written and read: fences, pictures and HTML.

Printed text is escaped, so that nothing in it becomes a snippet, a fence, a tab, HTML or a template
when the page is rendered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.model import Figure, Html, Stream
from codeout.output.sanitize import one_line, preformatted, sanitize
from codeout.output.shown import Picture, Printed, Rich
from codeout.page.snippet_syntax import escape_mark, unescape_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.output.model import Error, Output, Value
    from codeout.output.shown import Draw, Shown
    from codeout.page.model import FenceStyle, Slot


class ForeignText(Exception):  # noqa: N818
    """An output tab contains something that is not output.

    Attributes:
        offset: The line of the text in the body, counted from 0.
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
    """Write the body of an output tab.

    Args:
        shown: The outputs, in order; if there are none, an empty fence is written.
        slot: The slot, with its indentation, line ending and style of fences.

    Returns:
        Whole lines with the prefix of the slot; the last one is ended too.
    """
    quoted = ">" in slot.prefix
    lines: list[str] = []
    for item in shown or (Printed(""),):
        lines += [""] if lines else []
        lines += _lines(item, slot.style, quoted=quoted)
    blank = slot.prefix.rstrip()
    return "".join((slot.prefix + line if line else blank) + slot.newline for line in lines)


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read the body of an output tab; the inverse of ``body``.

    Raises:
        ForeignText: The body contains something that is not output.
    """
    lines = [_remove_prefix(slot.prefix, line) for line in re.split(r"\r\n|\r|\n", slot.source)]
    quoted = ">" in slot.prefix
    shown: list[Shown] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            end = _find_end(lines, at + 1, fence[1])
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
    """Join neighbouring texts; values and errors start and end a line."""
    text = ""
    for output in outputs:
        if isinstance(output, Figure | Html):
            yield Stream(text)
            yield output
            text = ""
        else:
            text = _append(text, output)
    yield Stream(text)


def show(output: Output, draw: Draw) -> Shown:
    """Turn an output with normalized text into what a page shows; ``draw`` links figures."""
    if isinstance(output, Figure):
        return draw(output)
    return rich(output.source) if isinstance(output, Html) else printed(output.text)


def to_lines(source: str, slot: Slot) -> list[str]:
    """The lines of a body, for diffs."""
    return [line.removeprefix(slot.prefix) for line in source.splitlines()]


def printed(text: str) -> Printed | Rich:
    """Show text in a fence, or in ``<pre>`` if it would end the ``raw`` block around a fence."""
    if _END_OF_RAW.search(text):
        return Rich(f"{_HTML[1]}{preformatted(text)}</pre>")
    return Printed(text)


def rich(html: str) -> Rich:
    """Sanitize HTML and escape it for Markdown and templates, on one line."""
    return Rich(f"{_HTML[0]}{one_line(sanitize(html))}</div>")


def _append(text: str, output: Stream | Value | Error) -> str:
    """Append an output to a text."""
    if isinstance(output, Stream) and output.text:
        return text + output.text
    return _end_line(_end_line(text) + output.text)


def _end_line(text: str) -> str:
    """End the last line of a text, if there is one."""
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


def _remove_prefix(prefix: str, line: str) -> str:
    if line.startswith(prefix):
        return line.removeprefix(prefix).rstrip(" \t")
    return "" if not line.strip("> \t") else line.strip()


def _find_end(lines: Sequence[str], start: int, fence: str) -> int:
    for at in range(start, len(lines)):
        if lines[at].rstrip() == fence:
            return at
    return len(lines)
