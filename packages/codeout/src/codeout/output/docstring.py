"""Outputs in docstrings: as in Markdown, in the escapes of the string that holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.output import markdown, markdown_reader
from codeout.output.shown import Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from codeout.output.shown import Picture, Shown
    from codeout.page.model import Slot
    from codeout.page.string_literals import StringStyle

_PLAIN: Final = "leave out the `r` before its quotes, and write its backslashes twice"


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """Write outputs into a slot; see ``markdown.body``."""
    style, lines = _style(slot), _lines(shown, slot)
    escaped = [style.escape(line) for line in lines[:-1]]
    escaped += [style.escape(lines[-1], closed=slot.closed)] if lines else []
    text = "".join(line + slot.newline for line in escaped)
    return text.removesuffix(slot.newline) if slot.closed else text


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read the outputs in a slot; see ``markdown_reader.read``."""
    return markdown_reader.read(_as_markdown(slot))


def foreign(slot: Slot, made: Callable[[Picture], bool]) -> Iterator[tuple[int, str]]:
    """Yield the outputs that somebody else may have made; see ``markdown_reader.foreign``."""
    return markdown_reader.foreign(_as_markdown(slot), made)


def refuses(shown: Sequence[Shown], slot: Slot) -> tuple[str, str]:
    """Why outputs cannot be in a docstring and what to do; empty texts if they can."""
    if not all(isinstance(item, Printed) for item in shown):
        return "a docstring shows text alone", "print text, or show this on another page"
    style, lines = _style(slot), _lines(shown, slot)
    for at, line in enumerate(lines, start=1):
        if bad := style.refuses(line, closed=slot.closed and at == len(lines)):
            return f"a raw docstring cannot hold `{bad}`", _PLAIN
    return "", ""


def _lines(shown: Sequence[Shown], slot: Slot) -> list[str]:
    text = markdown.body(shown, replace(slot, newline="\n"))
    return text.removesuffix("\n").split("\n") if text else []


def _as_markdown(slot: Slot) -> Slot:
    """A slot with the text that its source means."""
    text = _style(slot).value(slot.source)
    return replace(slot, source=f"{text}\n" if slot.closed and text else text, newline="\n")


def _style(slot: Slot) -> StringStyle:
    if slot.string is None:
        raise AssertionError("a slot in a docstring knows its string")
    return slot.string
