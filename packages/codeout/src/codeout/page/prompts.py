"""Code after prompts, with its output below: what transcripts and shell sessions share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeout.page.lines import ending_of
from codeout.page.model import Slot
from codeout.page.tabs import cut

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from codeout.page.fences import Fence
    from codeout.page.model import SlotKind


@dataclass(frozen=True, slots=True)
class Prompt:
    """The code after a prompt and its output, in lines from 0.

    Attributes:
        start: The index of the line with the prompt.
        output: The index of the line after the code, where the output starts.
        end: The index of the line after the output; ``output`` if there is none.
        indent: The blanks before the prompt.
        code: The code, with a newline at its end.
    """

    start: int
    output: int
    end: int
    indent: str
    code: str

    @property
    def empty(self) -> bool:
        """Whether it is a prompt without code, or with only comments."""
        return all(line.lstrip()[:1] in {"", "#"} for line in self.code.split("\n"))


def output_end(lines: Sequence[str], start: int, prompt: re.Pattern[str]) -> tuple[int, int]:
    """Find the end of an output, and the next prompt.

    Args:
        lines: The lines.
        start: The index of the line where the output starts, if there is one.
        prompt: The pattern of prompts.

    Returns:
        The index of the line after the output without the blank lines at its end, and that of the
        next prompt, or of the line after the last.
    """
    end = at = start
    while at < len(lines) and not prompt.match(lines[at]):
        at += 1
        end = at if lines[at - 1].strip() else end
    return end, at


@dataclass(frozen=True, slots=True)
class PromptLines:
    """Lines of a page with prompts.

    Attributes:
        start: The index of the first one in the page, from 0.
        raw: The lines, with their endings.
        prefix: The indentation and quote marks of each of them.
    """

    start: int
    raw: Sequence[str]
    prefix: str

    def source_of(self, prompt: Prompt) -> str:
        """The lines of the code after a prompt."""
        return "".join(self.raw[prompt.start : prompt.output])

    def slot_of(self, prompt: Prompt, number: int, kind: SlotKind) -> tuple[int, int, Slot]:
        """The slot below the code of a prompt, with its start and its end.

        Args:
            prompt: The prompt.
            number: The index of its block among all of the page.
            kind: The kind of the slot.
        """
        source = "".join(self.raw[prompt.output : prompt.end])
        newline, prefix = ending_of(self.raw[prompt.output - 1]), self.prefix + prompt.indent
        start = self.start + prompt.output
        slot = Slot(source, start + 1, (number,), prefix, newline, kind=kind)
        return start, self.start + prompt.end, slot


def lines_in(fence: Fence, raw: Sequence[str]) -> PromptLines:
    """The lines of a fence.

    Args:
        fence: The fence.
        raw: The lines of the page, with their endings.
    """
    start = fence.start + 1
    return PromptLines(start, raw[start : fence.end], cut(raw[fence.start], len(fence.prefix)))
