"""Pages: bytes to parts, parts to bytes, and new outputs in between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.errors import Problem
from codeout.page.markdown import read_page
from codeout.page.model import Page, Part, Slot, TabNames, Text, count_newlines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def parse(source: bytes, path: str = "<page>", tabs: TabNames = TabNames()) -> Page:
    """Take the bytes of a Markdown page apart; see ``codeout.formats.parse``."""
    return take_apart(source, path, lambda text: read_page(text, path, tabs))


def take_apart(source: bytes, path: str, read: Callable[[str], Page]) -> Page:
    """Decode the bytes of a page and cut its text; bytes that are not UTF-8 are one problem."""
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        line = 1 + count_newlines(source[: error.start].decode("latin-1"))
        message = f"not UTF-8 (byte 0x{source[error.start]:02x})"
        problem = Problem(path, line, message, "save the file as UTF-8")
        return Page(path, (Text(source.decode("utf-8", "surrogateescape")),), (problem,))
    return read(text)


def render(page: Page) -> bytes:
    """Put a page together again."""
    return "".join(part.source for part in page.parts).encode("utf-8", "surrogateescape")


def fill(page: Page, bodies: Mapping[int, str]) -> Page:
    """Put new bodies into slots.

    Args:
        page: The page to start from.
        bodies: The new body by the index of its slot: whole lines, prefixed, or ``""`` for none.

    Returns:
        The new page; what an empty slot wants before and after its body has become text.
    """
    parts: list[Part] = []
    slots = line = 0
    for part in page.parts:
        new: list[Part] = [part]
        if isinstance(part, Slot):
            body = bodies.get(slots, part.source)
            slots += 1
            if body and not part.source:
                slot = replace(part, source=body, before="", after="")
                new = [Text(part.before), slot, Text(part.after)]
            else:
                new = [replace(part, source=body)]
        for piece in new:
            moved = piece if isinstance(piece, Text) else replace(piece, line=line + 1)
            line += count_newlines(piece.source)
            parts += [moved] if moved.source or isinstance(moved, Slot) else []
    return replace(page, parts=tuple(parts))
