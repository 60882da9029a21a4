"""What to say of blocks that went wrong: a message, and a hint on what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.formats import format_of
from codeout.output.model import Figure, Html, Interactive, Stream
from codeout.output.sanitize import sanitize, stands_alone
from codeout.output.svg import clean_svg
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.output.model import Output, Ran
    from codeout.run.job import Cell

_NOT_FOUND: Final = 127
"""The status of a command that a shell does not find."""

_MEGABYTE: Final = 1_000_000
_LONGEST_HTML: Final = 100_000  # twice as much takes Python-Markdown four times as long
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")


def not_shown(ran: Ran) -> Iterator[tuple[str, str]]:
    """Yield what to say of outputs that no page can show."""
    for output in map(_picture, ran.outputs):
        if isinstance(output, Stream) and (bad := _NOT_UTF8.search(output.text)):
            code = ord(bad[0]) - 0xDC00
            yield (
                f"printed bytes that are not UTF-8 (0x{code:02x})",
                "print text, or the bytes' repr()",
            )
        elif isinstance(output, Figure) and output.ending == "svg" and (why := _broken(output)):
            yield f"shows SVG that no browser can read: {why}", "fix the drawing"
        elif isinstance(output, Html) and _is_long(output):
            message = f"shows more than {_LONGEST_HTML:,} bytes of HTML, which take long to render"
            yield message, "show fewer rows, or their text: `print(table)`"


def too_much(ran: Ran, limit: int) -> tuple[str, str]:
    """The message and the hint for a block with more output than it may have."""
    if ran.shown > limit:
        does, what, size = "shows", "show", ran.shown
    elif ran.printed > limit:
        does, what, size = "printed", "print", ran.printed
    else:
        does, what, size = "prints and shows", "show", ran.printed + ran.shown
    told = f"{size / _MEGABYTE:,.1f} MB" if size >= _MEGABYTE else f"{size:,} bytes"
    hint = f"{what} less, or raise `output-limit` in [tool.codeout]"
    return f"{does} {told}; the limit is {limit:,} bytes", hint


def refusal(url: str, isolation: Isolation) -> tuple[str, str]:
    """The message and the hint for a page that tried to reach another machine."""
    match isolation:
        case Isolation(sandbox=True, offline=True):
            way = f"run with `{isolation.option}` instead of `--sandbox`"
        case Isolation(sandbox=True):
            way = "run without `--sandbox`"
        case _:
            way = f"allow the network with `{isolation.option}`"
    hint = f"declare the file in [[tool.codeout.assets]], or {way}"
    return f"tried to reach {url}, and the network is off", hint


def status(path: str, cell: Cell, ran: Ran) -> tuple[str, str]:
    """The message and the hint for a block with a shell command that failed."""
    status = next(each for each in ran.statuses if each != cell.status)
    directive = format_of(path).directive.format(f"exit={status}")
    what = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
    hint = "run it in a shell to see more" if status < 0 else f"if the page shows this, {directive}"
    if cell.shell and status == _NOT_FOUND:
        hint = f"install what the command needs; {hint}"
    return f"a shell command {what}", hint


def _is_long(html: Html) -> bool:
    """Whether HTML would still be long without what is removed from it."""
    if len(html.source) <= _LONGEST_HTML or (html.plain and not stands_alone(html.source)):
        return False
    return len(sanitize(html.source)) > _LONGEST_HTML


def _picture(output: Output) -> Output:
    """The picture of an interactive figure, if it has one, in its place."""
    return output.picture or output if isinstance(output, Interactive) else output


def _broken(figure: Figure) -> str:
    """Why a figure in SVG is not well-formed; empty if it is."""
    try:
        clean_svg(figure.data)
    except ValueError as error:
        return str(error)
    return ""
