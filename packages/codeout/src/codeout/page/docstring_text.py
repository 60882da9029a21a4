"""The text of a docstring as renderers show it: without the indentation of its sections."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.page.any_fences import any_fences
from codeout.page.transcripts import begins_with_prompt, statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from codeout.page.transcripts import Statement

_SECTION: Final = re.compile(r"\w[\w \t-]*:(?:[ \t]+\S.*)?[ \t]*$")
"""The header of a section in Google's style: ``Examples:``; its text is indented."""

_UNDERLINE: Final = re.compile("~{3,}")
_OPENING: Final = re.compile("~{3,}|`{3,}")
_DEEPEST: Final = 4  # levels: ``Args:``, the description of one, a list of it


def indentations(lines: Sequence[str]) -> list[int]:
    """How many blanks at the start of each line are the indentation of its section.

    Args:
        lines: The lines of a docstring, without endings.
    """
    blanks = list(map(_blanks, lines))
    widths = [*blanks]
    examples = _examples(lines)
    texts = [range(1, len(lines))]  # the first line is beside the quotes
    for _ in range(_DEEPEST):
        sections: list[range] = []
        for text in texts:
            filled = [at for at in text if lines[at].strip()]
            margin = min((blanks[at] for at in filled), default=0)
            for at in text:
                widths[at] = min(margin, blanks[at])
            deeper = {at for at in filled if blanks[at] > margin}
            headers = {at for at in filled if _SECTION.match(lines[at][margin:])} - examples
            sections += _sections(filled, deeper, headers)
        texts = sections
    return widths


def without_underlines(lines: Sequence[str]) -> list[str]:
    """The lines with ``---`` for ``~~~`` below the titles of sections, as fences begin so.

    Args:
        lines: The lines of a docstring, without endings.
    """
    found: list[str] = []
    fence = ""
    for before, line in zip(["", *lines], lines, strict=False):
        text = line.strip()
        underline = not fence and _UNDERLINE.fullmatch(text) and before.strip()
        found.append(line.replace("~", "-") if underline else line)
        if fence:
            fence = "" if text == fence else fence
        elif not underline and (opening := _OPENING.match(text)):
            fence = opening[0]
    return found


def statements_in(
    lines: Sequence[str], free: AbstractSet[int], widths: Sequence[int]
) -> Iterator[Statement]:
    """Find the statements outside of fences, as doctest does: an output ends at a blank line.

    Nor does a line belong to it that is indented less than the prompt.

    Args:
        lines: The lines of a docstring, without endings.
        free: The indexes of the lines that may belong to one.
        widths: How many blanks each line has lost before.
    """
    for paragraph in _paragraphs(lines, free):
        for each in statements([lines[at] for at in paragraph]):
            within = range(paragraph.start + each.output, paragraph.start + each.end)
            start, output = paragraph.start + each.start, within.start
            own, first = len(each.indent), widths[start]
            less = (at for at in within if _blanks(lines[at]) < own or widths[at] < first)
            yield replace(each, start=start, output=output, end=next(less, within.stop))


def _examples(lines: Sequence[str]) -> set[int]:
    """The indexes of the lines in fences, and of those from a prompt to the next blank line."""
    found = {at for fence in any_fences(lines) for at in range(fence.start + 1, fence.end + 1)}
    for paragraph in _paragraphs(lines, set(range(len(lines))) - found):
        prompts = (at for at in paragraph if begins_with_prompt(lines[at]))
        found.update(range(next(prompts, paragraph.stop), paragraph.stop))
    return found


def _paragraphs(lines: Sequence[str], free: AbstractSet[int]) -> Iterator[range]:
    """Yield the indexes of free lines that follow each other, without blank lines."""
    start = None
    for at in range(len(lines) + 1):
        belongs = at in free and lines[at].strip()
        if belongs and start is None:
            start = at
        elif not belongs and start is not None:
            yield range(start, at)
            start = None


def _sections(
    filled: Sequence[int], deeper: AbstractSet[int], headers: AbstractSet[int]
) -> Iterator[range]:
    """Yield the indexes of the lines below each header, which are indented more."""
    header = last = -1
    for at in [*filled, -1]:
        if at in deeper:
            last = at
        else:
            if last > header >= 0:
                yield range(header + 1, last + 1)
            header = at if at in headers else -1


def _blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
