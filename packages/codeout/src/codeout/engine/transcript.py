"""The transcript of a run: the outputs of a page's blocks, and its problems."""

from __future__ import annotations

import os
import re
import sysconfig
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.formats import format_of
from codeout.output.model import Figure, Html, Stream
from codeout.output.normalize import Places, normalize
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.engine.plan import Plan
    from codeout.output.model import Output, Ran
    from codeout.page.model import Block
    from codeout.run.events import Ended
    from codeout.run.job import Cell

_END_OF_BLOCK: Final = Stream("")
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
_HINTS: Final = {
    "SystemExit": "a page goes on after the block: leave `sys.exit()` out",
    "EOFError": "nobody types while a page runs: give the value in the code instead of `input()`",
}


@dataclass(frozen=True, slots=True)
class Transcript:
    """What one run of a page left behind.

    Attributes:
        runs: Of its cells, in order; fewer than cells if it was stopped or a block failed.
        ended: How it ended.
        isolation: What it could not reach.
    """

    runs: tuple[Ran, ...]
    ended: Ended
    isolation: Isolation = Isolation()

    def outputs_of(self, plan: Plan, blocks: Sequence[int]) -> Iterator[Output]:
        """The outputs of some blocks, joined or split as the format of the page asks, normalized.

        Args:
            plan: The page that ran.
            blocks: Indexes of blocks; those that do not run have no outputs.
        """
        ran = [self.runs[plan.blocks.index(index)] for index in blocks if index in plan.blocks]
        outputs = (output for each in ran for output in (*each.outputs, _END_OF_BLOCK))
        for output in format_of(plan.path).join(outputs):
            if isinstance(output, Figure | Html):
                yield output
            elif text := self._text(output.text):
                yield replace(output, text=text)

    def problems(self, plan: Plan, limit: int) -> tuple[Problem, ...]:
        """The problems of the run, in the order of the page.

        Args:
            plan: The page that ran.
            limit: How many bytes of text one block may print or show.
        """
        found: list[Problem] = []
        blocks = plan.running
        for cell, block, ran in zip(plan.cells, blocks, self.runs, strict=False):
            found += self._problems_of_block(plan.path, block, cell, ran, limit)
        if self.ended.died:
            block = blocks[self.ended.index]
            message = block.with_name(self.ended.died)
            found.append(Problem(plan.path, block.line, message, self.ended.hint))
        return tuple(found)

    def _problems_of_block(
        self, path: str, block: Block, cell: Cell, ran: Ran, limit: int
    ) -> Iterator[Problem]:
        def problem(message: str, hint: str) -> Problem:
            return Problem(path, block.line, block.with_name(message), hint)

        if ran.printed > limit:
            message = f"printed {ran.printed:,} bytes; the limit is {limit:,}"
            yield problem(message, "print less, or raise `output-limit` in [tool.codeout]")
        for output in ran.outputs:
            if isinstance(output, Stream) and (bad := _NOT_UTF8.search(output.text)):
                message = f"printed bytes that are not UTF-8 (0x{ord(bad[0]) - 0xDC00:02x})"
                yield problem(message, "print text, or the bytes' repr()")
        if ran.refused:
            yield from (problem(*_refusal(url, self.isolation)) for url in ran.refused)
        elif not cell.forgives(ran):
            yield self._raised(path, block, cell, ran)
        elif cell.raises and not ran.error:
            hint = f"the error is gone: rewrite this part, and remove `raises={cell.raises}`"
            yield problem(f"was to raise {cell.raises}, and did not", hint)

    def _raised(self, path: str, block: Block, cell: Cell, ran: Ran) -> Problem:
        error = ran.error
        assert error is not None  # noqa: S101  # only a raised error is not forgiven
        name = error.names[0].rpartition(".")[2]
        line = block.line_of(error.line) if cell.code == block.code else block.line
        expected = f", not {cell.raises}" if cell.raises else ""
        message = f"raised {normalize(error.summary, self._places)}{expected}"
        text = self._text(error.text)
        return Problem(path, line, block.with_name(message), _hint(name, path), text)

    def _text(self, text: str) -> str:
        return normalize(text.expandtabs(), self._places).rstrip("\n")

    @property
    def _places(self) -> Places:
        return Places(self.ended.work, str(Path.home()), _site_folders())


@cache
def _site_folders() -> tuple[str, ...]:
    """The folders of packages and of the standard library, with links resolved and without."""
    paths = sysconfig.get_paths()
    known = {paths[name] for name in ("purelib", "platlib", "stdlib", "platstdlib")}
    return tuple(sorted(known | set(map(os.path.realpath, known))))


def _refusal(url: str, isolation: Isolation) -> tuple[str, str]:
    """The message and the hint for a page that tried to reach another machine."""
    match isolation:
        case Isolation(sandbox=True, offline=True):
            way = f"run with `{isolation.option}` instead of `--sandbox`"
        case Isolation(sandbox=True):
            way = "run without `--sandbox`"
        case _:
            way = f"allow the network with `{isolation.option}`"
    hint = f"declare the file in [[tool.codeout.assets]], or {way}"
    return f"tried to reach {url}, and the network is off", hint


def _hint(name: str, path: str) -> str:
    """What to do about an exception that the page does not expect."""
    directive = format_of(path).directive
    if name == "ModuleNotFoundError":
        return f"install the package, or {directive.format('skip')}"
    return _HINTS.get(name, f"if the page means to show this, {directive.format(f'raises={name}')}")
