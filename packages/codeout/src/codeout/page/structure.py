"""The structure of a page as readers see it: fences, comments and tabs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from codeout.page.annotate import mark_structure, render_marked
from codeout.page.annotated_html import Comment, MarkReader, Tab
from codeout.page.fences import Fence, find_fences
from codeout.page.guarded_markdown import Failure, RenderError
from codeout.page.unfenced import Unfenced, find_unfenced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEPT: Final = 128  # pages, as many as are kept parsed


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure of a page.

    Attributes:
        fences: All fences, in order; other fields refer to them by index.
        shown: The indexes of the fences that are rendered as code.
        comments: The comments, in order.
        unclosed: The indexes of lines with a comment that the renderer shows as text.
        in_code: The indexes of lines with a comment that the renderer shows as code.
        groups: The tabs of each group.
        unfenced: The code that is shown and is in no fence, in order.
        failure: Why the renderer cannot render the page; if set, only ``fences`` is known.
    """

    fences: Sequence[Fence] = ()
    shown: frozenset[int] = frozenset()
    comments: Sequence[Comment] = ()
    unclosed: Sequence[int] = ()
    in_code: Sequence[int] = ()
    groups: Sequence[Sequence[Tab]] = ()
    unfenced: Sequence[Unfenced] = ()
    failure: Failure | None = None


def read_structure(lines: Sequence[str], replaced: Mapping[int, str | None] = {}) -> Structure:
    """Read the structure of a page.

    Args:
        lines: The lines of the page, without endings, tabs expanded.
        replaced: The text that replaces a line, by its index; None if the line is removed.
    """
    kept = tuple(at for at in range(len(lines)) if replaced.get(at, "") is not None)
    return _structure_of(tuple(replaced.get(at) or lines[at] for at in kept), kept)


@lru_cache(_KEPT)  # a page is read again with other settings, by which its structure is the same
def _structure_of(lines: Sequence[str], kept: Sequence[int]) -> Structure:
    """The structure of lines, by the index that each has on its page."""
    found = find_fences(lines)
    fences = [replace(fence, start=kept[fence.start], end=kept[fence.end]) for fence in found]
    try:
        rendered = render_marked(lines, found, mark_structure)
    except RenderError as error:
        (failure,) = error.args
        return Structure(fences, failure=replace(failure, line=kept[failure.line]))
    reader = MarkReader(lines, found)
    reader.read(rendered)
    twice = [fences[at].start for at, times in reader.shown.items() if times > 1]
    if python := [fence for fence in fences if fence.python and fence.start in twice]:
        failure = Failure("it shows this code twice", python[0].start)
        return Structure(fences, failure=failure)
    comments = [
        replace(comment, start=kept[comment.start], end=kept[min(comment.end, len(kept) - 1)])
        for comment in reader.comments
    ]
    shows_more = reader.shows_pre or not rendered
    unfenced = find_unfenced(lines, found) if shows_more else []
    groups = [[replace(tab, line=kept[tab.line]) for tab in group.tabs] for group in reader.groups]
    return Structure(
        fences,
        frozenset(reader.shown),
        sorted(comments, key=lambda comment: comment.start),
        [kept[at] for at in sorted(reader.unclosed)],
        [kept[at] for at in sorted(reader.in_code)],
        [group for group in groups if group],
        [replace(code, start=kept[code.start]) for code in unfenced],
    )
