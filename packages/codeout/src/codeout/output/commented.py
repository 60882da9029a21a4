"""Outputs in comments, ``#> value``, or in a string below the statement that printed them."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from codeout.output.shown import Printed
from codeout.output.typed import content
from codeout.page.snippet_syntax import escape_mark, unescape_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.output.shown import Shown
    from codeout.page.model import Slot

_QUOTES: Final = '"""'
_ADDRESS: Final = re.compile(r"\b0x(?:[0-9A-Fa-f]{6,}\b|\.\.\.)")
_WIDEST: Final = 100
"""Characters in a line; a text that needs more goes into a string."""


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """Write what a statement printed below it."""
    quoted = ">" in slot.prefix
    texts = [item.text for item in shown if isinstance(item, Printed)]
    lines = [line for text in texts for line in text.split("\n")]
    if lines and _in_string(lines, slot):
        lines = [_QUOTES, *lines, _QUOTES]
    else:
        lines = [f"#> {line}".rstrip() for line in lines]
    marked = (slot.prefix + escape_mark(line, quoted=quoted) for line in lines)
    return "".join(line.rstrip(" \t") + slot.newline for line in marked)


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read what is below a statement back."""
    quoted = ">" in slot.prefix
    raw = re.split(r"\r\n|\r|\n", slot.source)[:-1] if slot.source else []
    lines = [unescape_mark(content(line, slot.prefix), quoted=quoted) for line in raw]
    if slot.style.char == '"':
        lines = "\n".join(lines).removeprefix(_QUOTES).removesuffix(_QUOTES).split("\n")
        lines = lines[not lines[0] : len(lines) - (not lines[-1])]
    else:
        lines = [line.removeprefix("#>").removeprefix(" ") for line in lines]
    return (Printed("\n".join(lines)),) if lines else ()


def same_code(old: str, new: str) -> bool:
    """Whether two texts are the same Python, however it is formatted and sets are ordered.

    Addresses, ``0x0123456789ab`` or ``0x...``, are the same.
    """
    before, after = (_ADDRESS.sub("0x0", text.strip()) for text in (old, new))
    if before == after:
        return True
    try:
        return _structure(before) == _structure(after)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _structure(text: str) -> str:
    tree = ast.parse(text, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Set):
            node.elts.sort(key=ast.dump)
    return ast.dump(tree)


def _in_string(lines: Sequence[str], slot: Slot) -> bool:
    """Whether a text goes into a string: if the last one did, or if it is long."""
    text = "\n".join(lines)
    if (
        slot.style.info != "print"
        or _QUOTES in text
        or "\\" in text
        or text.endswith('"')
        or not text.strip()
    ):
        return False
    was = slot.style.char == '"' if slot.source else False
    widest = max(map(len, lines)) + len(slot.prefix) + len("#> ")
    return was or (not slot.source and (len(lines) > 1 or widest > _WIDEST))
