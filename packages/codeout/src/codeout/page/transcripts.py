"""Transcripts: statements after prompts, each with its output below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.doctest_options import SKIP, bad_options, has_options, read_options
from codeout.page.gap import Gap
from codeout.page.gaps import SKIPPED
from codeout.page.model import Block, SlotKind
from codeout.page.prompts import Prompt, lines_in, output_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.directives import Directive
    from codeout.page.fences import Fence
    from codeout.page.model import Slot
    from codeout.page.prompts import PromptLines

_PROMPT: Final = re.compile(r"(?P<indent>[ \t]*)>>>(?P<blank> |$)?(?P<code>.*)")
_TRACEBACK: Final = re.compile(r"[ \t]*Traceback \((?:most recent call|innermost) last\):")
_NO_CODE: Final = "an output below a prompt without code"
_NO_BLANK: Final = "no blank after the prompt"
_NO_STATEMENT: Final = "options of doctest at a prompt without code"
_AFTER_CODE: Final = "write them after the code that they are for"
_MORE: Final = re.compile(r"(?P<indent>[ \t]*)\.\.\.(?:(?P<code>[ \t].*)|$)")


@dataclass(frozen=True, slots=True)
class Statement(Prompt):
    """A statement and its output.

    Attributes:
        expected: The first line of the output, or an empty text.
        cramped: Whether the code follows the prompt without a blank, which doctest refuses.
    """

    expected: str = ""
    cramped: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """Lines with statements.

    Attributes:
        lines: The lines.
        prompts: The statements, also those without code.
        directive: Of the fence.
        options: The options of doctest that statements have unless they say otherwise.
    """

    lines: PromptLines
    prompts: Sequence[Statement]
    directive: Directive
    options: tuple[str, ...] = ()

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements that run."""
        return [each for each in self.prompts if not each.empty]

    @property
    def count(self) -> int:
        """How many blocks it is."""
        return len(self.statements)

    def pieces(self, first: int) -> Iterator[tuple[int, int, Block | Slot]]:
        """Yield a block and a slot for each statement, with their starts and ends.

        A statement that doctest skips has no slot.

        Args:
            first: The index of the first block among all of the page.
        """
        begun = False
        for number, each in enumerate(self.statements, start=first):
            start, options = self.lines.start + each.start, self._options_of(each)
            skip = SKIP in options
            directive = replace(self.directive, skip=skip)
            source = self.lines.source_of(each)
            block = Block(source, start + 1, each.code, directive, typed=True, options=options)
            fails = _TRACEBACK.match(each.expected) is not None
            block = replace(block, shows_error=fails, continues=begun)
            begun = begun or not skip
            yield start, self.lines.start + each.output, block
            if not skip:
                yield self.lines.slot_of(each, number, SlotKind.TRANSCRIPTS)

    def gaps(self) -> Iterator[Gap]:
        """Yield the text that belongs to no statement, and the statements that do not run."""
        held = {at for each in self.prompts for at in range(each.start, each.end)}
        texts = (line.strip("> \t\r\n") for line in self.lines.raw)
        said = (at for at, text in enumerate(texts) if text[:1] not in {"", "#"})
        if (free := next((at for at in said if at not in held), None)) is not None:
            line = self.lines.start + free + 1
            yield Gap(line, "text before the first prompt", output=True)
        for each in self.statements:
            if SKIP in self._options_of(each):
                yield Gap(self.lines.start + each.start + 1, SKIPPED)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield what in the transcript has no code to belong to, and options that are none."""
        hint = "write code after the prompt, or remove it"
        for each in self.prompts:
            first = self.lines.start + each.start + 1
            if each.cramped:
                yield Problem(path, first, _NO_BLANK, "write `>>> `")
            if each.empty and each.output < each.end:
                yield Problem(path, self.lines.start + each.output + 1, _NO_CODE, hint)
            elif each.empty and has_options(each.code):
                yield Problem(path, first, _NO_STATEMENT, _AFTER_CODE)
            for line, word, hint_of_word in bad_options(each.code):
                message = f"{word!r} is no option of doctest"
                yield Problem(path, first + line, message, hint_of_word)

    def _options_of(self, statement: Statement) -> tuple[str, ...]:
        return read_options(statement.code, self.options)


def read_transcript(
    fence: Fence, raw: Sequence[str], block: Block, options: tuple[str, ...] = ()
) -> Transcript:
    """Read the statements of a fence.

    Args:
        fence: The fence.
        raw: The lines of the page, with their endings.
        block: The whole fence as a block: its code has the lines without the indentation.
        options: The options of doctest that statements have unless they say otherwise.
    """
    found = [*statements(block.code.split("\n")[:-1])]
    return Transcript(lines_in(fence, raw), found, block.directive, options)


def begins_with_prompt(code: str) -> bool:
    """Whether the first line of some code that is not blank has a prompt."""
    return _PROMPT.match(code.lstrip("\n")) is not None


def statements(lines: Sequence[str]) -> Iterator[Statement]:
    """Find the statements of a transcript, as doctest does.

    Unlike there, an output may contain blank lines: it ends at the next prompt, or at the blank
    lines before the comments that belong to it.

    Args:
        lines: The lines of the transcript, without endings and indentation of its container.
    """
    at = 0
    while at < len(lines):
        prompt = _PROMPT.match(lines[at])
        if prompt is None:
            at += 1
            continue
        code = [prompt["code"]]
        start, at = at, at + 1
        while at < len(lines) and (more := _MORE.match(lines[at])):
            if more["indent"] != prompt["indent"]:
                break
            code.append(_after_dots(more["code"] or "", len(more["indent"].expandtabs())))
            at += 1
        output = at
        end, at = output_end(lines, output, _PROMPT)
        end = _without_comments(lines, output, end)
        text = "".join(f"{line}\n" for line in code)
        first = lines[output] if output < end else ""
        cramped = prompt["blank"] is None
        yield Statement(start, output, end, prompt["indent"], text, first, cramped)


def _without_comments(lines: Sequence[str], start: int, end: int) -> int:
    """The end of an output without the paragraphs of comments that are last in it."""
    at = end
    while at > start and lines[at - 1].lstrip()[:1] in {"", "#"}:
        at -= 1
        if not lines[at].strip():
            end = at
    return end


def _after_dots(text: str, column: int) -> str:
    """The code after ``...``, of which tabs are as wide as doctest has them.

    Args:
        text: What follows the dots.
        column: The column of the first dot, from 0.
    """
    start = column + len("...")
    return (" " * start + text).expandtabs()[start + 1 :] if text[:1] == "\t" else text[1:]
