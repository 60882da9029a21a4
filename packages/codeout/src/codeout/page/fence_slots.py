"""Finds the slots that are fences: the output right after the code that it is of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.page.comments import note_of
from codeout.page.console import is_session
from codeout.page.gaps import OUTPUT_FENCES, holds_prompts
from codeout.page.lines import ending_of
from codeout.page.model import FenceStyle, Slot, SlotKind
from codeout.page.tabs import cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from codeout.page.annotated_html import Comment
    from codeout.page.fences import Fence
    from codeout.page.structure import Structure

_FOLLOWS: Final = re.compile(
    r"[> \t]*(?:(?:!\[.*\]\([^()\s]*/\d+\.\w+\)|\[.*\]\([^()\s]*/\d+\.html\))(?:\{.*\})?"
    r'|<div class="codeout-html">.*|<pre class="codeout-text">.*'
    r"|<!-- \{% (?:end)?raw %\} -->)[ \t]*$"
)
"""A line that codeout writes beside a fence of an output."""


class FenceSlots:
    """Finds the output fences of one page. Indexes of lines start from 0.

    Args:
        raw: The lines of the page with their endings.
        lines: The same lines as Markdown sees them.
        structure: The structure of the page.
        languages: The languages of code that plugins run.
    """

    def __init__(
        self,
        raw: Sequence[str],
        lines: Sequence[str],
        structure: Structure,
        languages: Collection[str] = (),
    ) -> None:
        self._languages = languages
        self._raw = raw
        self._lines = lines
        self._structure = structure
        self._by_line = {fence.start: fence for fence in structure.fences}
        self._by_start = {comment.start: comment for comment in structure.comments}

    def find(self, index: int, *, wanted: bool, every: bool) -> tuple[int, int, Slot] | None:
        """The output of the code in a fence: the start, the end and the slot without blocks.

        Args:
            index: The fence with the code.
            wanted: Whether a comment before it asks for an output, even if there is none yet.
            every: Whether all pages have their outputs in fences.

        Returns:
            None if there is no such output, nor a place for one.
        """
        code = self._structure.fences[index]
        marks = self.marks(index)
        wanted = wanted or bool(marks)
        if (fence := self._after(index)) and (wanted or every):
            return self._slot(code, fence)
        last = max((comment.end for comment in marks), default=code.end)
        start, end = self._others(last)
        if start < end and (wanted or every):
            slot = self._made(code, start, end)
            return start, end, slot
        return self._empty(code, last) if wanted else None

    def by_versions(self, index: int, end: int) -> Iterator[tuple[Comment, int, int, Slot]]:
        """Yield the outputs of ranges of versions below a main output.

        Args:
            index: The fence with the code.
            end: The line after the main output.

        Yields:
            The comment above each, its start, its end, and the slot without blocks.
        """
        code = self._structure.fences[index]
        while comment := self._range_at(end):
            at = self._filled(comment.end + 1)
            fence = self._by_line.get(at)
            if fence and fence.prefix == code.prefix and self._holds_text(fence):
                start, end, slot = self._slot(code, fence)
            else:
                start, end = self._others(comment.end)
                made = self._made(code, start, end)
                slot = made if start < end else self._empty(code, comment.end)[2]
            versions = note_of(comment).versions
            yield comment, start, end, replace(slot, versions=versions, active=False)

    def _range_at(self, at: int) -> Comment | None:
        """The comment above an output of a range of versions, next from a line on."""
        comment = self._by_start.get(self._filled(at))
        if comment is None or not note_of(comment).versions:
            return None
        at = self._filled(comment.end + 1)
        while other := self._by_start.get(at):
            at = self._filled(other.end + 1)
        following = self._by_line.get(at)
        return None if following and following.python else comment  # the comment is of that code

    def _filled(self, at: int) -> int:
        """The next line from one on that is not blank."""
        lines = range(at, len(self._lines))
        return next((k for k in lines if self._lines[k].strip("> \t")), len(self._lines))

    def marks(self, index: int) -> list[Comment]:
        """The comments after a fence that make what follows them its output."""
        found: list[Comment] = []
        at = self._structure.fences[index].end + 1
        while at < len(self._lines):
            if comment := self._by_start.get(at):
                if not note_of(comment).marks_output:
                    break
                found.append(comment)
                at = comment.end
            elif self._lines[at].strip("> \t"):
                break
            at += 1
        following = self._by_line.get(at)
        runs = following and (following.python or following.language.lower() in self._languages)
        return [] if runs else found

    def _after(self, index: int) -> Fence | None:
        """The fence right after another one, if it can be an output."""
        code = self._structure.fences[index]
        if index + 1 not in self._structure.shown:
            return None
        fence = self._structure.fences[index + 1]
        held = {at for each in self.marks(index) for at in range(each.start, each.end + 1)}
        between = (at for at in range(code.end + 1, fence.start) if at not in held)
        texts = (self._lines[at] for at in between)
        if any(text.strip("> \t") and not _FOLLOWS.match(text) for text in texts):
            return None
        if fence.prefix != code.prefix or not self._holds_text(fence):
            return None
        width = len(fence.prefix)
        text = "\n".join(line[width:] for line in self._lines[fence.start + 1 : fence.end])
        typed = holds_prompts(text) or is_session(fence.language, text)
        return None if typed else fence

    def _others(self, last: int) -> tuple[int, int]:
        """The lines after another one with pictures and HTML that codeout wrote; may be none.

        Fences with more of the output may be between them: neighbouring texts are one fence.
        """
        found: list[int] = []
        at = last + 1
        while at < len(self._lines):
            more = self._by_line.get(at) if found else None
            if _FOLLOWS.match(self._lines[at]):
                found.append(at)
            elif more and self._holds_text(more) and self._follows_picture(found[-1]):
                found += range(more.start, more.end + 1)
                at = more.end
            elif self._lines[at].strip("> \t"):
                break
            at += 1
        return (found[0], found[-1] + 1) if found else (last + 1, last + 1)

    def _holds_text(self, fence: Fence) -> bool:
        return fence.language.lower() in OUTPUT_FENCES

    def _follows_picture(self, at: int) -> bool:
        return _FOLLOWS.match(self._lines[at]) is not None

    def _slot(self, code: Fence, fence: Fence) -> tuple[int, int, Slot]:
        """The slot of a fence, with the pictures and HTML that codeout wrote around it."""
        start = fence.start
        for at in range(fence.start - 1, code.end, -1):
            if _FOLLOWS.match(self._lines[at]):
                start = at
            elif self._lines[at].strip("> \t"):
                break
        end = max(fence.end + 1, self._others(fence.end)[1])
        slot = self._made(code, start, end)
        return start, end, replace(slot, style=FenceStyle(fence.run[0], len(fence.run), fence.info))

    def _made(self, code: Fence, start: int, end: int) -> Slot:
        return Slot(
            "".join(self._raw[start:end]),
            start + 1,
            (),
            cut(self._raw[code.start], len(code.prefix)),
            ending_of(self._raw[code.start]),
            fences=sum(start <= each.start < end for each in self._structure.fences),
            kind=SlotKind.FENCE,
        )

    def _empty(self, code: Fence, last: int) -> tuple[int, int, Slot]:
        """The place after a line for an output that is not there yet."""
        slot = self._made(code, last + 1, last + 1)
        blank = slot.prefix.rstrip() + slot.newline
        ended = bool(ending_of(self._raw[last]))
        following = self._raw[last + 1 : last + 2]
        after = blank if following and following[0].strip("> \t\r\n") else ""
        before = blank if ended else slot.newline + blank
        slot = replace(slot, before=before, after=after, line=last + 1 + ended)
        return last + 1, last + 1, slot
