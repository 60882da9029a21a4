"""Pages: bytes to parts and parts to bytes, with new outputs in their slots."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.layout import Layout
from codeout.page.markdown_parser import read_page
from codeout.page.model import Page, Part, Slot, Text, count_newlines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KEPT: Final = 128  # pages: more than most sites have, and some dozen megabytes


@lru_cache(_KEPT)
def parse(source: bytes, path: str = "<page>", layout: Layout = Layout()) -> Page:
    """Parse a Markdown page; see ``codeout.formats.parse``.

    The same bytes are the same page, so the last pages are kept: a build of a site asks for each of
    them several times.
    """
    return decode_page(source, path, lambda text: read_page(text, path, layout))


def decode_page(source: bytes, path: str, read: Callable[[str], Page]) -> Page:
    """Decode a page and parse its text.

    Args:
        source: The bytes of the page.
        path: The name of the page, for problems.
        read: Parses the text.

    Returns:
        The page; if the bytes are not UTF-8, one text and one problem.
    """
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        line = 1 + count_newlines(source[: error.start].decode("latin-1"))
        message = f"not UTF-8 (byte 0x{source[error.start]:02x})"
        problem = Problem(path, line, message, "save the file as UTF-8")
        return Page(path, (Text(source.decode("utf-8", "surrogateescape")),), (problem,))
    return read(text)


def render(page: Page) -> bytes:
    """Return the bytes of a page; the inverse of ``parse``."""
    return "".join(part.source for part in page.parts).encode("utf-8", "surrogateescape")


def fill(page: Page, bodies: Mapping[int, str]) -> Page:
    """Put new bodies into slots.

    Args:
        page: The page.
        bodies: The new body by the index of the slot: whole lines, prefixed, or ``""`` for none.

    Returns:
        The new page; the texts that an empty slot needs around its body are parts of it.
    """
    parts: list[Part] = []
    slots = line = 0
    for part in page.parts:
        new: list[Part] = [part]
        if isinstance(part, Slot) and part.active:
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
