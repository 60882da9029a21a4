"""Includes that the site does not expand as their author expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.errors import Problem
from codeout.page.fences import RUNS
from codeout.page.snippet_syntax import is_include

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from codeout.page.fences import Fence
    from codeout.page.page_source import PageSource


def misplaced_includes(
    page: PageSource, blocks: Iterable[Fence], outputs: Container[int]
) -> Iterator[Problem]:
    """Yield a problem for each include that the site does not expand as expected.

    Args:
        page: The page.
        blocks: The fences of code that runs.
        outputs: The indexes of lines in outputs, in which an include may be printed text.
    """
    includes, lines, path = page.includes, page.lines, page.path
    for held in includes.lists:
        if any(page.raw[at].lstrip("> \t").startswith(RUNS) for at in held):
            yield Problem(
                path,
                held.start + 1,
                "a list of files to include that runs on into code",
                "end it above the code with a second '--8<--', or write ';--8<--' to show it",
            )
    for fence in blocks:
        for at in range(fence.start + 1, fence.end):
            quoted = ">" in fence.prefix and at not in includes.replaced
            if quoted and at not in outputs and is_include(lines[at].lstrip("> ")):
                yield Problem(
                    path,
                    at + 1,
                    "an include in a quote, which the site shows as it stands",
                    "move the code out of the quote, or write in it what was to be included",
                )
