"""Outputs in MDX: as in Markdown, without HTML, which would be JSX there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.output import markdown
from codeout.output.model import Error, Html, Stream, Value
from codeout.output.shown import Printed, Rich

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.output.model import Output
    from codeout.output.shown import Draw, Shown
    from codeout.page.model import Slot


def join(outputs: Iterable[Output]) -> Iterator[Output]:
    """Join neighbouring texts; see ``markdown.join``. Of HTML, the plain form is a text."""
    return markdown.join(map(_plain, outputs))


def _plain(output: Output) -> Output:
    match output:
        case Html(result=result, plain=plain) if plain:
            return Value(plain, result)
    return output


def show(output: Output, draw: Draw) -> Shown:
    """Turn an output into what a page shows; see ``markdown.show``. Text is always in a fence."""
    if isinstance(output, Stream | Value | Error):
        return Printed(output.text)
    return markdown.show(output, draw)


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """Write outputs into a slot; see ``markdown.body``."""
    return markdown.body(shown, slot, templates=False)


def refuses(shown: Sequence[Shown], slot: Slot) -> tuple[str, str]:
    """Why outputs cannot be in MDX and what to do; empty texts if they can."""
    del slot
    if any(isinstance(item, Rich) for item in shown):
        return "shows HTML, which is no MDX", "print text, or show a figure"
    return "", ""
