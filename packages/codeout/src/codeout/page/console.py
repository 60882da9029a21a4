"""Shell sessions: commands after prompts, ``$ ls``, each with its output below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.page.lines import ending_of
from codeout.page.model import Block, Slot, SlotKind
from codeout.page.shell_syntax import Missing, missing
from codeout.page.tabs import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.page.fences import Fence

LANGUAGES: Final = (
    *("console", "shell-session", "sh-session", "bash-session", "shellsession"),
    *("shell", "bash", "sh"),
)
"""The languages that sessions may have, in lower case."""

_PROMPT: Final = re.compile(r"(?P<indent>[ \t]*)\$(?: (?P<code>.*)|$)")
_MORE: Final = re.compile(r"[ \t]*>(?: (?P<code>.*)|$)")
_NO_COMMAND: Final = "an output that belongs to no command"
_HINT: Final = "write the command above it, after the prompt `$ `, or move it out of the fence"


@dataclass(frozen=True, slots=True)
class Command:
    """A command and its output, in the lines of a session.

    Attributes:
        start: The index of the line with its prompt.
        output: The index of the line after the command, where the output starts.
        end: The index of the line after the output; ``output`` if there is none.
        indent: The blanks before the prompt.
        code: The command, with a newline at its end.
    """

    start: int
    output: int
    end: int
    indent: str
    code: str

    @property
    def empty(self) -> bool:
        """Whether it is a prompt without a command, or with only a comment."""
        return all(line.lstrip()[:1] in {"", "#"} for line in self.code.split("\n"))


def is_session(language: str, code: str) -> bool:
    """Whether a fence shows commands with prompts, in a language of shells."""
    return language.lower() in LANGUAGES and any(map(_PROMPT.match, code.split("\n")))


def shows_output(code: str) -> bool:
    """Whether a session shows the output of some command."""
    return any(command.output < command.end for command in commands(code.split("\n")))


def commands(lines: Sequence[str]) -> Iterator[Command]:
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
        output = end = at
        while at < len(lines) and not _PROMPT.match(lines[at]):
            at += 1
            end = at if lines[at - 1].strip() else end
        yield Command(start, output, end, prompt["indent"], f"{code}\n")


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
    """A fence with commands. Indexes are those of lines of the page, from 0.

    Attributes:
        start: The index of its first line of content.
        raw: The lines of its content, with their endings.
        prefix: The indentation and quote marks of each of them.
        prompts: The commands, also those without code.
        whole: The fence as a block.
    """

    start: int
    raw: Sequence[str]
    prefix: str
    prompts: Sequence[Command]
    whole: Block

    @property
    def commands(self) -> Sequence[Command]:
        """The commands that run."""
        return [each for each in self.prompts if not each.empty]

    def pieces(self, first: int) -> Iterator[tuple[int, int, Block | Slot]]:
        """Yield a block and a slot for each command, with their starts and ends.

        Args:
            first: The index of the first block among all of the page.
        """
        for number, each in enumerate(self.commands, start=first):
            prompt, output, end = (self.start + at for at in (each.start, each.output, each.end))
            code, shown = self.raw[each.start : each.output], self.raw[each.output : each.end]
            source = "".join(code)
            block = replace(self.whole, source=source, line=prompt + 1, code=each.code, typed=True)
            yield prompt, output, replace(block, continues=number > first)
            newline, prefix = ending_of(code[-1]), self.prefix + each.indent
            kind = SlotKind.CONSOLE
            slot = Slot("".join(shown), output + 1, (number,), prefix, newline, kind=kind)
            yield output, end, slot

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield the outputs that belong to no command."""
        held = {at for each in self.commands for at in range(each.start, each.end)}
        prompts = {each.start for each in self.prompts}
        for at, line in enumerate(self.raw):
            if at not in held | prompts and line.strip("> \t\r\n"):
                yield Problem(path, self.start + at + 1, _NO_COMMAND, _HINT)
                return


def read_console(fence: Fence, raw: Sequence[str], block: Block) -> Console:
    """Read the commands of a fence.

    Args:
        fence: The fence.
        raw: The lines of the page, with their endings.
        block: The whole fence as a block: its code has the lines without the indentation.
    """
    start = fence.start + 1
    prompts = [*commands(block.code.split("\n")[:-1])]
    prefix = cut(raw[fence.start], len(fence.prefix))
    return Console(start, raw[start : fence.end], prefix, prompts, block)
