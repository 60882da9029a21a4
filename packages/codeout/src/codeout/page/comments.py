"""The comments of a page: those that control a fence, and those that should and do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codeout.errors import Problem
from codeout.page.directives import Note, read_directive
from codeout.page.tabs import STEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from codeout.page.annotated_html import Comment
    from codeout.page.fences import Fence
    from codeout.page.structure import Structure

_EMPTY = re.compile("<!---?>")
_BEFORE = "move it to the line before the fence, as far indented"
_BEFORE_CODE = "move it to the line before the code, as far indented"
_NO_OUTPUT = "follows no output in a tab or in a fence"
_MAIN_FIRST = "move it below the main output there; outputs elsewhere do not differ by version"
_ONLY_COMMENTS = re.compile(r"[> ]*(?:<!--.*?-->\s*)+", re.DOTALL)


def note_of(comment: Comment) -> Note:
    """The text of a comment, with its line."""
    return Note(comment.start + 1, comment.text)


def comments_before(
    fence: Fence, lines: Sequence[str], by_end: Mapping[int, list[Comment]]
) -> list[Comment]:
    """Return the comments on the lines right before a fence, in order.

    Args:
        fence: The fence.
        lines: The lines of the page.
        by_end: All comments, by the index of their last line.
    """
    found: list[Comment] = []
    prefix, index = fence.prefix, fence.start - 1
    while index >= 0:
        here = by_end.get(index, [])
        if not here and lines[index].strip("> "):
            break
        if here:
            first = min(comment.start for comment in here)
            lead = lines[first][: -len(lines[first].lstrip("> "))]
            apart = abs(len(lead) - len(prefix)) >= STEP or lead.count(">") != prefix.count(">")
            text = "\n".join(lines[first : index + 1])
            if apart or any(c.fences for c in here) or not _ONLY_COMMENTS.fullmatch(text):
                break
            found = here + found
            index = first
        index -= 1
    return found


def idle_comments(
    structure: Structure, lines: Sequence[str], attached: AbstractSet[Comment], path: str
) -> Iterator[Problem]:
    """Yield a problem for each directive that applies to no fence.

    Args:
        structure: The structure of the page.
        lines: The lines of the page.
        attached: The comments that apply to a fence.
        path: The name of the page.
    """

    def problem(index: int, message: str, hint: str) -> Problem:
        return Problem(path, index + 1, message, hint)

    for comment in structure.comments:
        note = note_of(comment)
        if comment in attached or not note.steers or note.of_page:
            continue
        if note.from_pytest:
            yield from read_directive([note], path)[1]
        elif note.versions:
            yield problem(comment.start, f"{note.text.strip()!r} {_NO_OUTPUT}", _MAIN_FIRST)
        elif note.hides:
            yield problem(
                comment.start,
                "a hidden comment without a Python fence in it",
                "put the fence between 'hidden' and '-->'",
            )
        else:
            yield problem(
                comment.start,
                f"{note.text.strip()!r} precedes no Python fence that runs",
                _BEFORE_CODE if note.marks_output else _BEFORE,
            )
    for index in structure.unclosed:
        if Note(0, lines[index].partition("<!--")[2]).steers:
            yield problem(
                index,
                "a comment that the renderer shows as text",
                "close it with '-->' before the next blank line",
            )


def count_strays(structure: Structure, lines: Sequence[str]) -> int:
    """Count the comments that may take the end of a later comment: open and empty ones."""
    code = [lines[index].rpartition("<!--")[2] for index in structure.in_code]
    open_in_code = sum("-->" not in rest for rest in code)
    empty = sum(map(bool, map(_EMPTY.search, lines)))
    return len(structure.unclosed) + open_in_code + empty
