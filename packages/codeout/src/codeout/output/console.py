"""Outputs of commands for a shell: the text below each, as a terminal shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.shown import Printed
from codeout.output.typed import content
from codeout.page.lines import split_lines
from codeout.page.snippet_syntax import escape_mark, unescape_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.output.shown import Shown
    from codeout.page.model import Slot

_OF_SHELL: Final = re.compile(r"^-bash: (?:eval: )?line \d+: (?P<what>.*)$", re.MULTILINE)
_ECHO: Final = re.compile(r"^bash: `.*'\n?", re.MULTILINE)


def show(text: str) -> Printed:
    """Show what a command printed."""
    return Printed(as_typed(text).removesuffix("\n"))


def as_typed(text: str) -> str:
    """What a command printed, with messages of its shell as at a prompt: without a line number."""
    return _ECHO.sub("", _OF_SHELL.sub(r"bash: \g<what>", text))


def body(shown: Sequence[Shown], slot: Slot) -> str:
    """Write the output of a command below it."""
    quoted, blank = ">" in slot.prefix, slot.prefix.rstrip()
    texts = [item.text for item in shown if isinstance(item, Printed)]
    lines = [escape_mark(line, quoted=quoted) for text in texts for line in text.split("\n")]
    return "".join((slot.prefix + line if line else blank) + slot.newline for line in lines)


def read(slot: Slot) -> tuple[Shown, ...]:
    """Read the output of a command back."""
    quoted = ">" in slot.prefix
    lines = (content(line.rstrip("\r\n"), slot.prefix) for line in split_lines(slot.source))
    text = "\n".join(unescape_mark(line, quoted=quoted) for line in lines)
    return (Printed(text),) if text else ()


def comments(old: Sequence[Shown], new: Sequence[Shown]) -> Iterator[int]:
    """Yield the lines below a command, from 0, that may be a comment of the author.

    Args:
        old: What is there.
        new: What the command printed, in which such a line may be.
    """
    before, after = (
        [line for item in shown if isinstance(item, Printed) for line in item.text.split("\n")]
        for shown in (old, new)
    )
    yield from (at for at, line in enumerate(before) if line.startswith("# ") and line not in after)
