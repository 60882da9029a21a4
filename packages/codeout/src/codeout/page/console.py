"""Shell sessions: commands after prompts, ``$ ls``, each with its output below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.model import SlotKind
from codeout.page.prompts import Prompt, lines_in, output_end
from codeout.page.shell_syntax import Missing, missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.fences import Fence
    from codeout.page.model import Block, Slot
    from codeout.page.prompts import PromptLines

LANGUAGES: Final = (
    *("console", "shell-session", "sh-session", "bash-session", "shellsession"),
    *("shell", "bash", "sh"),
)
"""The languages that sessions may have, in lower case."""

_PROMPT: Final = re.compile(r"(?P<indent>[ \t]*)\$(?: (?P<code>.*)|$)")
_MORE: Final = re.compile(r"[ \t]*>(?: (?P<code>.*)|$)")
_NO_COMMAND: Final = "an output that belongs to no command"
_HINT: Final = "write the command above it, after the prompt `$ `, or move it out of the fence"


def is_session(language: str, code: str) -> bool:
    """Whether a fence shows commands with prompts, in a language of shells."""
    return language.lower() in LANGUAGES and any(map(_PROMPT.match, code.split("\n")))


def shows_output(code: str) -> bool:
    """Whether a session shows the output of some command."""
    return any(command.output < command.end for command in commands(code.split("\n")))


def commands(lines: Sequence[str]) -> Iterator[Prompt]:
    r"""Find the commands of a session.

    A command goes on in the lines with ``> `` below it for as long as a shell would ask for more,
    and below a ``\`` or in a here-document also without ``> ``.

    Args:
        lines: The lines of the session, without endings and indentation of its container.
    """
    at = 0
    while at < len(lines):
        prompt = _PROMPT.match(lines[at])
        if prompt is None:
            at += 1
            continue
        start = at
        rest = [line.removeprefix(prompt["indent"]) for line in lines[at + 1 :]]
        code, more = _command(prompt["code"] or "", rest)
        at += 1 + more
        output = at
        end, at = output_end(lines, output, _PROMPT)
        yield Prompt(start, output, end, prompt["indent"], f"{code}\n")


def _command(first: str, lines: Sequence[str]) -> tuple[str, int]:
    """A whole command, and how many lines of it are below the first; none if it never ends."""
    code = first
    marked = bool(lines) and _MORE.match(lines[0]) is not None
    for at, line in enumerate(lines):
        wanted = missing(code)
        if wanted is Missing.NOTHING:
            return code, at
        more = _MORE.match(line) if marked else None
        any_line = wanted is Missing.TEXT or (wanted is Missing.LINE and not _PROMPT.match(line))
        if not more and (marked or not any_line):
            return first, 0
        code += "\n" + (more["code"] or "" if more else line)
    return (code, len(lines)) if missing(code) is Missing.NOTHING else (first, 0)


@dataclass(frozen=True, slots=True)
class Console:
    """A fence with commands.

    Attributes:
        lines: Its lines.
        prompts: The commands, also those without code.
        whole: The fence as a block.
    """

    lines: PromptLines
    prompts: Sequence[Prompt]
    whole: Block

    @property
    def commands(self) -> Sequence[Prompt]:
        """The commands that run."""
        return [each for each in self.prompts if not each.empty]

    @property
    def count(self) -> int:
        """How many blocks it is."""
        return len(self.commands)

    def pieces(self, first: int) -> Iterator[tuple[int, int, Block | Slot]]:
        """Yield a block and a slot for each command, with their starts and ends.

        Args:
            first: The index of the first block among all of the page.
        """
        for number, each in enumerate(self.commands, start=first):
            start, source = self.lines.start + each.start, self.lines.source_of(each)
            block = replace(self.whole, source=source, line=start + 1, code=each.code, typed=True)
            block = replace(block, continues=number > first)
            yield start, self.lines.start + each.output, block
            yield self.lines.slot_of(each, number, SlotKind.CONSOLE)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield the outputs that belong to no command."""
        held = {at for each in self.commands for at in range(each.start, each.end)}
        prompts = {each.start for each in self.prompts}
        for at, line in enumerate(self.lines.raw):
            if at not in held | prompts and line.strip("> \t\r\n"):
                yield Problem(path, self.lines.start + at + 1, _NO_COMMAND, _HINT)
                return


def read_console(fence: Fence, raw: Sequence[str], block: Block) -> Console:
    """Read the commands of a fence.

    Args:
        fence: The fence.
        raw: The lines of the page, with their endings.
        block: The whole fence as a block: its code has the lines without the indentation.
    """
    return Console(lines_in(fence, raw), [*commands(block.code.split("\n")[:-1])], block)
