"""Includes that the site does not expand as their author expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.errors import Problem
from codeout.page.fences import RUNS
from codeout.page.snippet_syntax import is_include

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from codeout.page.fences import Fence
    from codeout.page.snippet_syntax import Includes


def misplaced_includes(
    includes: Includes, raw: Sequence[str], lines: Sequence[str], blocks: Iterable[Fence], path: str
) -> Iterator[Problem]:
    """Yield a problem for each include that the site does not expand as expected.

    Args:
        includes: The includes of the page.
        raw: The lines of the page, with their endings.
        lines: The lines as the renderer sees them.
        blocks: The fences of code that runs.
        path: The page, for problems.
    """
    for held in includes.lists:
        if any(raw[at].lstrip("> \t").startswith(RUNS) for at in held):
            yield Problem(
                path,
                held.start + 1,
                "a list of files to include that runs on into code",
                "end it above the code with a second '--8<--', or write ';--8<--' to show it",
            )
    for fence in blocks:
        for at in range(fence.start + 1, fence.end):
            quoted = ">" in fence.prefix and at not in includes.replaced
            if quoted and is_include(lines[at].lstrip("> ")):
                yield Problem(
                    path,
                    at + 1,
                    "an include in a quote, which the site shows as it stands",
                    "move the code out of the quote, or write in it what was to be included",
                )
