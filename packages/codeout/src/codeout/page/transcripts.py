"""Transcripts: statements after prompts, each with its output below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.doctest_options import SKIP, bad_options, has_options, read_options
from codeout.page.gaps import SKIPPED, Gap
from codeout.page.lines import ending_of
from codeout.page.model import Block, Slot, SlotKind
from codeout.page.tabs import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.directives import Directive
    from codeout.page.fences import Fence

_PROMPT: Final = re.compile(r"(?P<indent>[ \t]*)>>>(?P<blank> |$)?(?P<code>.*)")
_TRACEBACK: Final = re.compile(r"[ \t]*Traceback \((?:most recent call|innermost) last\):")
_NO_CODE: Final = "an output below a prompt without code"
_NO_BLANK: Final = "no blank after the prompt"
_NO_STATEMENT: Final = "options of doctest at a prompt without code"
_AFTER_CODE: Final = "write them after the code that they are for"
_MORE: Final = re.compile(r"(?P<indent>[ \t]*)\.\.\.(?:(?P<code>[ \t].*)|$)")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A fence with statements. Indexes are those of lines of the page, from 0.

    Attributes:
        start: The index of its first line of content.
        raw: The lines of its content, with their endings.
        prefix: The indentation and quote marks of each of them.
        prompts: The statements, also those without code.
        directive: Of the fence.
        options: The options of doctest that statements have unless they say otherwise.
    """

    start: int
    raw: Sequence[str]
    prefix: str
    prompts: Sequence[Statement]
    directive: Directive
    options: tuple[str, ...] = ()

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements that run."""
        return [each for each in self.prompts if not each.empty]

    def pieces(self, first: int) -> Iterator[tuple[int, int, Block | Slot]]:
        """Yield a block and a slot for each statement, with their starts and ends.

        A statement that doctest skips has no slot.

        Args:
            first: The index of the first block among all of the page.
        """
        begun = False
        for number, each in enumerate(self.statements, start=first):
            prompt, output, end = (self.start + at for at in (each.start, each.output, each.end))
            code, shown = self.raw[each.start : each.output], self.raw[each.output : each.end]
            options = self._options_of(each)
            skip = SKIP in options
            directive = replace(self.directive, skip=skip)
            block = Block("".join(code), prompt + 1, each.code, directive, typed=True)
            fails = _TRACEBACK.match(each.expected) is not None
            block = replace(block, shows_error=fails, options=options, continues=begun)
            begun = begun or not skip
            yield prompt, output, block
            if skip:
                continue
            newline = ending_of(code[-1])
            prefix = self.prefix + each.indent
            source = "".join(shown)
            kind = SlotKind.TRANSCRIPTS
            slot = Slot(source, output + 1, (number,), prefix, newline, kind=kind)
            yield output, end, slot

    def gaps(self) -> Iterator[Gap]:
        """Yield the text that belongs to no statement, and the statements that do not run."""
        held = {at for each in self.prompts for at in range(each.start, each.end)}
        said = (
            at for at, line in enumerate(self.raw) if line.strip("> \t\r\n")[:1] not in {"", "#"}
        )
        free = [at for at in said if at not in held]
        if free:
            yield Gap(self.start + free[0] + 1, "text before the first prompt", output=True)
        for each in self.statements:
            if SKIP in self._options_of(each):
                yield Gap(self.start + each.start + 1, SKIPPED)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield what in the transcript has no code to belong to, and options that are none."""
        hint = "write code after the prompt, or remove it"
        for each in self.prompts:
            if each.cramped:
                yield Problem(path, self.start + each.start + 1, _NO_BLANK, "write `>>> `")
            if each.empty and each.output < each.end:
                yield Problem(path, self.start + each.output + 1, _NO_CODE, hint)
            elif each.empty and has_options(each.code):
                yield Problem(path, self.start + each.start + 1, _NO_STATEMENT, _AFTER_CODE)
            for line, word, hint_of_word in bad_options(each.code):
                message = f"{word!r} is no option of doctest"
                yield Problem(path, self.start + each.start + line + 1, message, hint_of_word)

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
    start = fence.start + 1
    return Transcript(
        start,
        raw[start : fence.end],
        cut(raw[fence.start], len(fence.prefix)),
        [*statements(block.code.split("\n")[:-1])],
        block.directive,
        options,
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and its output, in the lines of a transcript.

    Attributes:
        start: The index of the line with its prompt.
        output: The index of the line after the code, where the output starts.
        end: The index of the line after the output; ``output`` if there is none.
        indent: The blanks before the prompt.
        code: The code, with a newline at its end.
        expected: The first line of the output, or an empty text.
        cramped: Whether the code follows the prompt without a blank, which doctest refuses.
    """

    start: int
    output: int
    end: int
    indent: str
    code: str
    expected: str
    cramped: bool = False

    @property
    def empty(self) -> bool:
        """Whether it is a prompt without code, or with only comments."""
        return all(line.lstrip()[:1] in {"", "#"} for line in self.code.split("\n"))


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
        output = end = at
        while at < len(lines) and not _PROMPT.match(lines[at]):
            at += 1
            end = at if lines[at - 1].strip() else end
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
