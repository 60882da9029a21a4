"""Reads the fences of a page: what each of them is, and the code in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.page.code_cells import CellOptions, read_options
from codeout.page.console import is_session
from codeout.page.gaps import TRANSCRIPTS
from codeout.page.lines import RESERVED
from codeout.page.model import SlotKind
from codeout.page.tabs import dedent
from codeout.page.transcripts import begins_with_prompt, statements

if TYPE_CHECKING:
    from codeout.page.fences import Fence
    from codeout.page.page_source import PageSource


class FenceReader:
    """Reads the fences of one page.

    Args:
        page: The page.
    """

    def __init__(self, page: PageSource) -> None:
        self._page = page
        self._codes: dict[Fence, str] = {}

    def is_transcript(self, fence: Fence) -> bool:
        """Whether a fence shows statements with prompts, and their outputs are slots."""
        if SlotKind.TRANSCRIPTS not in self._page.layout.outputs:
            return False
        if fence.language.lower() in TRANSCRIPTS:
            return any(statements(self.code_of(fence).split("\n")))
        is_cell = self.options_of(fence).count > 0
        return fence.python and not is_cell and begins_with_prompt(self.code_of(fence))

    def is_console(self, fence: Fence) -> bool:
        """Whether a fence shows commands that the settings let run."""
        language = fence.language.lower()
        return language in self._page.layout.console and is_session(language, self.code_of(fence))

    def language_of(self, fence: Fence) -> str:
        """The language that a plugin runs a fence in; empty for none."""
        language = fence.language.lower()
        return language if language in self._page.layout.languages else ""

    def options_of(self, fence: Fence) -> CellOptions:
        """The options of a cell of another publisher; none for other fences."""
        opening = self._page.raw[fence.start].rstrip("\r\n").expandtabs(4)
        if not self._page.layout.fences or not fence.python:
            return CellOptions()
        inner = range(fence.start + 1, fence.end)
        lines = [self._code_line(at, len(fence.prefix)) for at in inner]
        return read_options(opening, lines, fence.start + 2, self._page.path)

    def code_of(self, fence: Fence) -> str:
        """The code in a fence, without its options and its indentation."""
        if fence not in self._codes:
            inner = range(fence.start + 1 + self.options_of(fence).count, fence.end)
            lines = (self._code_line(at, len(fence.prefix)) for at in inner)
            self._codes[fence] = "".join(f"{line}\n" for line in lines)
        return self._codes[fence]

    def _code_line(self, index: int, width: int) -> str:
        seen = self._page.raw[index].translate(RESERVED).rstrip("\r\n")
        if (
            index in self._page.includes.replaced
        ):  # may be indented less; it is expanded with the code
            lead = seen[: len(seen) - len(seen.lstrip(" \t"))]
            return dedent(seen, min(width, len(lead.expandtabs(4))))
        blank = not self._page.lines[index].strip(" ")
        return "" if blank else dedent(seen, width)
