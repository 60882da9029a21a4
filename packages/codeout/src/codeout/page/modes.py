"""Which blocks of a page run, and which share a session, where settings or the page choose."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from codeout.page.directives import Directive

if TYPE_CHECKING:
    from collections.abc import Callable


class RunMode(StrEnum):
    """Which blocks of a page run, but for those with ``skip``."""

    ALL = "all"
    """All."""
    MARKED = "marked"
    """Those with an output on the page, and those with a directive, such as ``run``."""
    NONE = "none"
    """Those with the directive ``run``."""


class SessionMode(StrEnum):
    """What of a page shares a session, but for blocks with ``fresh`` or ``group=``."""

    PAGE = "page"
    """All blocks."""
    BLOCK = "block"
    """Nothing: each block is a program of its own, with the hidden blocks after it."""


def for_mode(mode: str, directive: Directive, shows_output: Callable[[], bool]) -> Directive:
    """The directive of a block on a page with this mode.

    Args:
        mode: The mode.
        directive: What the comments or tags of the block say.
        shows_output: Whether the page has a place for its output; called only if it matters.
    """
    if mode == RunMode.ALL or directive.run or directive.skip:
        return directive
    if mode == RunMode.MARKED and (directive != Directive() or shows_output()):
        return directive
    return replace(directive, skip=True, unmarked=True)


class Library(StrEnum):
    """Whose figures readers can work with, where the settings ask for it."""

    PLOTLY = "plotly"
    ALTAIR = "altair"
    BOKEH = "bokeh"
    HTML = "html"
    """Any other HTML that holds its own script."""
