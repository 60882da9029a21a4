"""Exceptions of blocks as outputs, with tracebacks that show the page's own frames alone."""

from __future__ import annotations

import os
import sys
from subprocess import CalledProcessError
from traceback import FrameSummary, StackSummary, TracebackException, walk_tb
from typing import TYPE_CHECKING, Final

from codeout.output.model import Error

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK: Final = "<ipython-input-"  # how IPython names the file of a block
_SCRIPTS: Final = "IPython.core.magics.script"
_USAGE: Final = "IPython.core.error.UsageError"


def describe(error: BaseException) -> Error:
    """An exception that a block raised, as an output."""
    try:
        return _described(error)
    except Exception:  # noqa: BLE001  # what a page raises may be of any kind
        return Error(("builtins.Exception",), 0, "Exception: one that cannot be described")


def script_status(error: BaseException | None) -> int | None:
    """The status of a script, as of ``%%bash``, if it is what raised an exception."""
    if not isinstance(error, CalledProcessError):
        return None
    raising = [frame.f_globals.get("__name__") for frame, _ in walk_tb(error.__traceback__)]
    return error.returncode if raising[-1:] == [_SCRIPTS] else None


def _described(error: BaseException) -> Error:
    names = tuple(f"{base.__module__}.{base.__qualname__}" for base in type(error).__mro__)
    report = TracebackException.from_exception(error)
    own = [frame.lineno for frame in report.stack if frame.filename.startswith(BLOCK)]
    written = [error.lineno] if isinstance(error, SyntaxError) else []
    if _USAGE in names:  # a magic that was used in a wrong way, for which Jupyter has one line
        text = f"UsageError: {error}\n"
        return Error(names, next(iter(own), 0) or 0, text, text.partition("\n")[0])
    _keep_own_frames(report)
    text = "".join(_formatted(report))
    return Error(names, next(iter([*own, *written]), 0) or 0, text, _first_line(report))


def _formatted(report: TracebackException) -> Iterator[str]:
    """A traceback, in colours if the page has them and this Python can."""
    if sys.version_info >= (3, 13) and "FORCE_COLOR" in os.environ:
        return report.format(colorize=True)
    return report.format()


def _first_line(report: TracebackException) -> str:
    """The type of an exception and the first line of its message."""
    lines = [line.split("\n")[0] for line in report.format_exception_only()]
    return next((line for line in lines if not line.startswith(" ")), "")


def _keep_own_frames(first: TracebackException) -> None:
    """Remove frames outside the page, and ``^^^^`` marks, which differ between versions."""
    waiting: list[TracebackException | None] = [first]
    while waiting:
        if (report := waiting.pop()) is None:
            continue
        report.stack = StackSummary.from_list(
            [
                FrameSummary(frame.filename, frame.lineno, frame.name, line=frame.line)
                for frame in report.stack
                if frame.filename.startswith(BLOCK)
            ]
        )
        waiting += [
            report.__cause__,
            report.__context__,
            *(getattr(report, "exceptions", None) or ()),
        ]
