"""Damage to a page that leaves it readable: what a merge left, and fences that lose their end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.page import any_fences
from codeout.page.fences import find_open_fences
from codeout.page.gaps import RESULTS, is_python
from codeout.page.python_text import parse_python
from codeout.page.tabs import body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.structure import Structure

_CONFLICT: Final = re.compile(r"(?:<{7}|>{7}) \S")
_PROMPT: Final = re.compile(r"(?:>>>|\$) ")
_OPENING: Final = re.compile(r"[> \t]*(?P<run>`{3,}+(?=[^`]*$)|~{3,}+)")


def conflicts(lines: Sequence[str], structure: Structure) -> Iterator[int]:
    """Yield the index of each line outside of fences that marks a conflict of git."""
    inside = _in_fences(structure)
    for at, line in enumerate(lines):
        if _CONFLICT.match(line) and at not in inside:
            yield at


def open_fences(lines: Sequence[str], structure: Structure, *, runs: bool) -> Iterator[int]:
    """Yield the index of each line that opens a fence of Python which nothing closes.

    For Python-Markdown it is no fence, and its code is text. Other fences matter where they may be
    the output of code, unless CommonMark finds their end.

    Args:
        lines: The lines of the page, without endings, tabs expanded.
        structure: Of the page.
        runs: Whether code on the page runs, so that it has outputs.
    """
    hidden = _in_fences(structure) | _in_comments(structure)
    for code in structure.unfenced:
        hidden.update(range(code.start, code.start + code.text.count("\n") + 1))
    rendered = {fence.start: fence.language.lower() for fence in find_open_fences(lines)}
    written = {fence.start: fence for fence in any_fences.open_fences(lines)}
    for at in sorted((rendered.keys() | written.keys()) - hidden):
        words = {rendered.get(at, ""), written[at].word if at in written else ""}
        result = runs and at in rendered and at in written and words <= RESULTS
        if result or any(map(is_python, words)):
            yield at


def swallowing_fences(lines: Sequence[str], structure: Structure) -> Iterator[int]:
    """Yield the index of each line that opens a fence in which a fence of Python opens.

    What closes the inner one closes the outer one, so that one of them has lost its end. A line
    that CommonMark takes for the end of a fence opens none, and neither does one in a string of
    Python, or below a prompt: code may print it.

    Args:
        lines: The lines of the page, without endings, tabs expanded.
        structure: Of the page.
    """
    written = {fence.start for fence in any_fences.any_fences(lines)}
    written.difference_update(_in_comments(structure))
    for fence in (fence for fence in structure.fences if fence.start in written):
        inner = [line.removeprefix(fence.prefix) for line in lines[fence.start + 1 : fence.end]]
        at = next((at for at, line in enumerate(inner) if _opens_python(line, fence.run)), None)
        prompted = any(map(_PROMPT.match, inner[:at]))
        if at is not None and not prompted and not _is_code(inner, fence.language):
            yield fence.start


def _opens_python(line: str, run: str) -> bool:
    word = any_fences.language_of(line.removeprefix(run).strip())
    return line.startswith(run) and is_python(word)


def _is_code(lines: Sequence[str], language: str) -> bool:
    return is_python(language) and parse_python("\n".join(lines)) is not None


def open_in_tabs(lines: Sequence[str], structure: Structure, code: Sequence[str]) -> Iterator[int]:
    """Yield the index of each line that opens a fence in a code tab, where none closes it.

    Args:
        lines: The lines of the page, without endings, tabs expanded.
        structure: Of the page.
        code: The labels of code tabs.
    """
    inside = _in_fences(structure)
    for tab in (tab for group in structure.groups for tab in group if tab.label in code):
        at, end = body(lines, tab)
        while at < end:
            opening = _OPENING.match(lines[at]) if at not in inside else None
            if opening:
                ends = (k for k in range(at + 1, end) if lines[k].strip("> \t") == opening["run"])
                if (closing := next(ends, None)) is None:
                    yield at
                    break
                at = closing
            at += 1


def _in_fences(structure: Structure) -> set[int]:
    return {at for fence in structure.fences for at in range(fence.start, fence.end + 1)}


def _in_comments(structure: Structure) -> set[int]:
    return {at for held in structure.comments for at in range(held.start, held.end + 1)}
