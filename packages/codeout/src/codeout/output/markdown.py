"""Outputs in Markdown: fences, pictures and HTML.

Printed text is escaped, so that nothing in it becomes a snippet, a fence, a tab, HTML or a template
when the page is rendered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output import colours, commented, console, typed
from codeout.output.model import Figure, Html, Interactive, Markup, Stream
from codeout.output.sanitize import one_line, preformatted, sanitize
from codeout.output.shown import Picture, Printed, Rich
from codeout.page.model import SlotKind
from codeout.page.short_markdown import to_html
from codeout.page.snippet_syntax import escape_mark
from codeout.text.sgr import without_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.output.model import Error, Output, Value
    from codeout.output.shown import Draw, Shown
    from codeout.page.model import FenceStyle, Slot


RAW: Final = ("<!-- {% raw %} -->", "<!-- {% endraw %} -->")
_TEMPLATE: Final = re.compile(r"\{[{%#]")
_END_OF_RAW: Final = re.compile(r"\{%[-+]?\s*endraw")
HTML: Final = ('<div class="codeout-html">', colours.START)


def body(shown: Sequence[Shown], slot: Slot, *, templates: bool = True) -> str:
    """Write the body of a slot.

    Args:
        shown: The outputs, in order; if there are none, an empty fence is written.
        slot: The slot, with its indentation, line ending and style of fences.
        templates: Whether the page may be a template, from which text is kept.

    Returns:
        Whole lines with the prefix of the slot; the last one is ended too.
    """
    if slot.kind is SlotKind.TRANSCRIPTS:
        return typed.body(shown, slot)
    if slot.kind is SlotKind.COMMENTS:
        return commented.body(shown, slot)
    if slot.kind is SlotKind.CONSOLE:
        return console.body(shown, slot)
    quoted = ">" in slot.prefix
    lines: list[str] = []
    for item in shown or (Printed(""),):
        lines += [""] if lines else []
        written = _lines(item, slot.style, quoted=quoted)
        raw = templates and _needs_raw(item)
        lines += [RAW[0], "", *written, "", RAW[1]] if raw else written
    blank = slot.prefix.rstrip()
    return "".join((slot.prefix + line if line else blank) + slot.newline for line in lines)


def join(outputs: Iterable[Output]) -> Iterator[Output]:
    """Join neighbouring texts; values and errors start and end a line."""
    text = ""
    for output in outputs:
        if isinstance(output, Figure | Interactive | Html | Markup):
            yield Stream(text)
            yield output
            text = ""
        else:
            text = _append(text, output)
    yield Stream(text)


def show(output: Output, draw: Draw) -> Shown:
    """Turn an output with normalized text into what a page shows; ``draw`` links figures."""
    match output:
        case Figure() | Interactive():
            return draw(output)
        case Html(source):
            return rich(source)
        case Markup(text, "text/markdown"):
            return rich(to_html(text))
        case Markup(text, "text/latex"):
            return Rich(
                f'{HTML[0]}<div class="arithmatex">{preformatted(_delimited(text))}</div></div>'
            )
        case _:
            return printed(output.text)


def to_lines(source: str, slot: Slot) -> list[str]:
    """The lines of a body, for diffs."""
    return [line.removeprefix(slot.prefix) for line in source.splitlines()]


def printed(text: str) -> Printed | Rich:
    """Show text in a fence, or in ``<pre>``.

    There it is if it has colours, or if it would end the ``raw`` block around a fence.
    """
    if "\x1b" in text:
        return Printed(without_styles(text), styled=text)
    if _END_OF_RAW.search(text):
        return Rich(f"{HTML[1]}{preformatted(text)}</pre>")
    return Printed(text)


def rich(html: str) -> Rich:
    """Sanitize HTML and escape it for Markdown and templates, on one line."""
    return Rich(f"{HTML[0]}{one_line(sanitize(html))}</div>")


def _delimited(latex: str) -> str:
    """LaTeX with the marks that scripts for math look for on sites: those of Arithmatex."""
    text = latex.strip()
    for mark, start, end in (("$$", r"\[", r"\]"), ("$", r"\(", r"\)")):
        if len(text) > 2 * len(mark) and text.startswith(mark) and text.endswith(mark):
            return f"{start}{text[len(mark) : -len(mark)]}{end}"
    return text


def _append(text: str, output: Stream | Value | Error) -> str:
    """Append an output to a text."""
    if isinstance(output, Stream) and output.text:
        return text + output.text
    return _end_line(_end_line(text) + output.text)


def _end_line(text: str) -> str:
    """End the last line of a text, if there is one."""
    return text + "\n" if text and not text.endswith("\n") else text


def _needs_raw(item: Shown) -> bool:
    """Whether a template would read something out of a fence."""
    return isinstance(item, Printed) and not item.styled and bool(_TEMPLATE.search(item.text))


def _link(picture: Picture) -> str:
    """A picture; an interactive figure is a link to its file, around its picture if it has one."""
    shown = f"![{picture.alt}]({picture.target})" if picture.target else f"[{picture.alt}]"
    if not picture.frame:
        return f"{shown}{picture.extra}"
    text = f"[{shown}]" if picture.target else shown
    return f"{text}({picture.frame}){picture.extra}"


def _lines(item: Shown, style: FenceStyle, *, quoted: bool) -> list[str]:
    if isinstance(item, Picture):
        return [_link(item)]
    if isinstance(item, Rich):
        return [item.html]
    if item.styled:
        return [colours.to_html(item.styled)]
    runs = re.findall(re.escape(style.char) + "+", item.text)
    fence = style.char * max(style.length, 1 + max(map(len, runs), default=0))
    inner = item.text.split("\n") if item.text else []
    inner = [escape_mark(line, quoted=quoted) for line in inner]
    return [f"{fence}{style.info}", *inner, fence]
