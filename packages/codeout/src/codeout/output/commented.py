"""Outputs in comments, ``#> value``, or in a string below the statement that printed them."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from codeout.output.compare import agrees
from codeout.output.layout import lay_out
from codeout.output.shown import Printed
from codeout.output.typed import content
from codeout.page.snippet_syntax import escape_mark, has_marks, unescape_mark
from codeout.text.width import expand_tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.output.shown import Shown
    from codeout.page.model import Slot

_QUOTES: Final = ('"""', "'''")
_ADDRESS: Final = re.compile(r"\b0x(?:[0-9A-Fa-f]{6,}\b|\.\.\.)")
_FORMATTED: Final = re.compile(r"[(\[{]$", re.MULTILINE)
_PIECE: Final = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|[-+]?\d[\w.+-]*|\w+|\S")
_LAST_COMMA: Final = re.compile(r" ,(?= [)\]}])")
_WIDEST: Final = 88
"""Characters in a line, as Black has it; a text that needs as many goes into a string."""


def show(text: str) -> Printed:
    """Show what a statement printed; an empty line, too, is a line."""
    return Printed(text.removesuffix("\n"))


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """Write what a statement printed below it."""
    quoted = ">" in slot.prefix
    texts = [item.text for item in shown if isinstance(item, Printed)]
    lines = [line for text in texts for line in text.split("\n")]
    if quotes := _quotes("\n".join(lines), slot):
        lines = [quotes, *"\n".join(lines).strip("\n").split("\n"), quotes]
    else:
        lines = [f"#> {line}".rstrip() for line in lines]
    marked = (slot.prefix + escape_mark(line, quoted=quoted) for line in lines)
    return "".join(line.rstrip(" \t") + slot.newline for line in marked)


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read what is below a statement back."""
    quoted = ">" in slot.prefix
    raw = re.split(r"\r\n|\r|\n", slot.source)[:-1] if slot.source else []
    lines = [unescape_mark(content(line, slot.prefix), quoted=quoted) for line in raw]
    if (quotes := 3 * slot.style.char) in _QUOTES:
        lines = "\n".join(lines).removeprefix(quotes).removesuffix(quotes).split("\n")
        lines = lines[not lines[0] : len(lines) - (not lines[-1])]
    else:
        lines = [line.lstrip().removeprefix("#>").removeprefix(" ") for line in lines]
    return (Printed(expand_tabs("\n".join(lines))),) if lines else ()


def same_comments(old: str, new: str, rtol: float) -> bool:
    """Whether two texts of comments say the same.

    Blank lines at their ends do not count if there are others, nor does how Python is formatted, in
    which order a set is, and which addresses, ``0x0123456789ab`` or ``0x...``, objects have.

    Args:
        old: The stored text.
        new: The new text.
        rtol: Relative tolerance for numbers.
    """
    before, after = (_ADDRESS.sub("0x0", text.strip("\n")) for text in (old, new))
    if (before or old == new) and agrees(before, after, rtol):
        return True
    if _FORMATTED.search(before) and agrees(_pieces(before), _pieces(after), rtol):
        return True
    try:
        return _structure(before) == _structure(after)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def laid_out_as(old: str, new: str, width: int) -> str:
    """A text, laid out over several lines if the stored one is, and if it is Python.

    Args:
        old: The stored text.
        new: The new text.
        width: How many characters fit into a line.
    """
    if "\n" in new or not _FORMATTED.search(old):
        return new
    laid_out = lay_out(new, width)
    return laid_out if _pieces(laid_out) == _pieces(new) else new


def width_of(slot: Slot) -> int:
    """How many characters fit into a line of a slot."""
    return max(1, _WIDEST - len(slot.prefix))


def _pieces(text: str) -> str:
    """A text with a blank between any two of its pieces, and without commas before brackets."""
    return _LAST_COMMA.sub("", " ".join(_PIECE.findall(text)))


def _structure(text: str) -> str:
    tree = ast.parse(text.strip(), mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Set):
            node.elts.sort(key=ast.dump)
    return ast.dump(tree)


def _quotes(text: str, slot: Slot) -> str:
    """The quotes of the string that a text goes into: if the last one did, or if it is long.

    Empty if it goes into comments, as a text that a string would show differently does.
    """
    was = 3 * slot.style.char if slot.source else ""
    begins = not slot.source and slot.style.info == "print" and _is_long(text, slot)
    if not (was in _QUOTES or begins) or _would_change(text):
        return ""
    docstring = 3 * slot.string.quote[0] if slot.string else ""
    known = (was, *(each for each in _QUOTES if each != docstring))
    return next((each for each in known if each in _QUOTES and each not in text), "")


def _would_change(text: str) -> bool:
    """Whether a string would show a text differently, or the site would."""
    return "\\" in text or not text.strip() or has_marks(text)


def _is_long(text: str, slot: Slot) -> bool:
    """Whether a text is of several lines, or does not fit into one."""
    return "\n" in text or len(slot.prefix) + len("#> ") + len(text) >= _WIDEST
