"""Outputs in transcripts: text below a statement, as doctest expects it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.shown import Printed
from codeout.page.snippet_syntax import escape_mark, unescape_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.output.shown import Shown
    from codeout.page.model import Slot

BLANK: Final = "<BLANKLINE>"
BLANK_LINE: Final = "blank line"
"""What messages call a line that may end an output."""

_STACK: Final = re.compile(
    r"^(?P<head>[ \t]*Traceback \((?:most recent call|innermost) last\):)\n"
    r"(?:[ \t]+.*\n|\n|\.\.\.[ \t]*\n(?=[ \t]*\w))*",
    re.MULTILINE,
)
_HEAD: Final = re.compile(r"^Traceback \(most recent call last\):$", re.MULTILINE)
_GROUP: Final = re.compile(r"^  (?:\+ Exception Group |\| )", re.MULTILINE)
"""What is before the lines of the traceback of a group of exceptions."""

_CHAIN: Final = re.compile(
    r"\n\n(?:The above exception was the direct cause of the following exception"
    r"|During handling of the above exception, another exception occurred):\n\n"
)
"""What is between two tracebacks of which one led to the other."""

_ELIDED: Final = "\\g<0>\n    ..."
"""The head of a traceback, with what stands for its stack."""


def show(text: str) -> Printed:
    """Show what a statement printed, with its value; blank lines as doctest has them."""
    return Printed("\n".join(line or BLANK for line in text.removesuffix("\n").split("\n")))


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """Write the output of a statement below it."""
    quoted = ">" in slot.prefix
    texts = [item.text for item in shown if isinstance(item, Printed)]
    lines = [line for text in texts for line in _HEAD.sub(_ELIDED, text).split("\n")]
    lines = [escape_mark(line, quoted=quoted) for line in lines]
    return "".join(f"{slot.prefix}{line}{slot.newline}" for line in lines)


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read the output of a statement back."""
    quoted = ">" in slot.prefix
    raw = re.split(r"\r\n|\r|\n", slot.source)[:-1] if slot.source else []
    lines = [unescape_mark(content(line, slot.prefix), quoted=quoted) for line in raw]
    text = "\n".join(line or BLANK for line in lines)
    return (Printed(without_stack(text)),) if text else ()


def foreign(slot: Slot) -> Iterator[tuple[int, str]]:
    """Yield the text after a blank line, which may be no output, unless Python writes it."""
    lines = [content(line, slot.prefix) for line in re.split(r"\r\n|\r|\n", slot.source)[:-1]]
    lines = _CHAIN.sub("\n-\n-\n-\n", "\n".join(lines)).split("\n")
    blank = [at for at, line in enumerate(lines) if not line]
    if blank and slot.source:
        yield blank[0], BLANK_LINE


def without_stack(text: str) -> str:
    """Text without the stack of its tracebacks, which differs between machines."""
    return _STACK.sub("\\g<head>\n", f"{text}\n").removesuffix("\n")


def last_traceback(text: str) -> str:
    """The last traceback of an error, without its stack: what doctest compares.

    Of a group of exceptions, that is its own message. An error of syntax has no stack, and Python
    leaves the first line away.
    """
    *_, last = re.split(r"(?m)^(?=Traceback \(|  \+ Exception Group Traceback \()", text)
    if last.startswith("  + "):
        last = _GROUP.sub("", last.partition("\n  +-")[0])
    head = "" if last.startswith("Traceback (") else "Traceback (most recent call last):\n"
    return without_stack(head + last)


def content(line: str, prefix: str) -> str:
    """A line of a slot without the prefix of the slot and without blanks at its end."""
    if line.startswith(prefix):
        return line.removeprefix(prefix).rstrip(" \t")
    return "" if not line.strip("> \t") else line.strip()
