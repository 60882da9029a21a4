"""What one run of a page left behind: its blocks' outputs as text, and what went wrong."""

from __future__ import annotations

import os
import re
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.normalize import Places, normalize
from codeout.output import Error, Figure, Html, Stream, Value
from codeout.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.cell import Cell
    from codeout.job import Ended
    from codeout.output import Ran
    from codeout.parts import Block
    from codeout.plan import Plan

_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
_HINTS: Final = {
    "SystemExit": "a page goes on after the block: leave `sys.exit()` out",
    "EOFError": "nobody types while a page runs: give the value in the code instead of `input()`",
    "ModuleNotFoundError": "install the package, or mark the block `<!-- codeout: skip -->`",
}
_RAISES: Final = (
    "if the page means to show this, write `<!-- codeout: raises={} -->` before the block"
)


@dataclass(frozen=True, slots=True)
class Transcript:
    """The runs of a page's cells, in order, and how the page ended.

    A page that was stopped, or whose block failed, has fewer runs than cells.
    """

    runs: tuple[Ran, ...]
    ended: Ended

    def pieces(self, plan: Plan, blocks: Sequence[int]) -> Iterator[str | Figure | Html]:
        """The outputs of some blocks: text as readers will see it, figures and HTML.

        Args:
            plan: The page that ran.
            blocks: Indexes of blocks; those that do not run leave nothing.
        """
        text = ""
        for index in blocks:
            ran = self.runs[plan.blocks.index(index)] if index in plan.blocks else None
            for output in ran.outputs if ran else ():
                if isinstance(output, Figure | Html):
                    yield from self._told(text)
                    yield output
                    text = ""
                else:
                    text = _joined(text, output)
            text = _joined(text, Stream(""))
        yield from self._told(text)

    def problems(self, plan: Plan, limit: int) -> tuple[Problem, ...]:
        """What went wrong, in the order of the page.

        Args:
            plan: The page that ran.
            limit: Bytes that one block may print.
        """
        found: list[Problem] = []
        for cell, index, ran in zip(plan.cells, plan.blocks, self.runs, strict=False):
            found += self._of(plan.path, plan.page.blocks[index], cell, ran, limit)
        if self.ended.died:
            line = plan.page.blocks[plan.blocks[self.ended.index]].line if plan.blocks else 0
            found.append(Problem(plan.path, line, self.ended.died, self.ended.hint))
        return tuple(found)

    def _of(self, path: str, block: Block, cell: Cell, ran: Ran, limit: int) -> Iterator[Problem]:
        if ran.printed > limit:
            message = f"printed {ran.printed:,} bytes; the limit is {limit:,}"
            hint = "print less, or raise `output-limit` in [tool.codeout]"
            yield Problem(path, block.line, message, hint)
        for output in ran.outputs:
            if isinstance(output, Stream) and (bad := _NOT_UTF8.search(output.text)):
                message = f"printed bytes that are not UTF-8 (0x{ord(bad[0]) - 0xDC00:02x})"
                yield Problem(path, block.line, message, "print text, or the bytes' repr()")
        if not cell.forgives(ran):
            yield self._raised(path, block, cell, ran)
        elif cell.raises and not ran.error:
            message = f"was to raise {cell.raises}, and did not"
            hint = f"the error is gone: rewrite this part, and remove `raises={cell.raises}`"
            yield Problem(path, block.line, message, hint)

    def _raised(self, path: str, block: Block, cell: Cell, ran: Ran) -> Problem:
        error = ran.error
        assert error is not None  # noqa: S101  # only a raised error is not forgiven
        name = error.names[0].rpartition(".")[2]
        line = block.line + (error.line if cell.code == block.code else 0)
        expected = f", not {cell.raises}" if cell.raises else ""
        hint = _HINTS.get(name, _RAISES.format(name))
        summary = normalize(error.summary, self._places)
        return Problem(path, line, f"raised {summary}{expected}", hint, self._text(error.text))

    def _told(self, text: str) -> Iterator[str]:
        if told := self._text(text):
            yield told

    def _text(self, text: str) -> str:
        return normalize(text.expandtabs(), self._places).rstrip("\n")

    @property
    def _places(self) -> Places:
        paths = sysconfig.get_paths()
        known = {paths[name] for name in ("purelib", "platlib", "stdlib", "platstdlib")}
        site = known | set(map(os.path.realpath, known))
        return Places(self.ended.work, str(Path.home()), tuple(sorted(site)))


def _joined(text: str, output: Stream | Value | Error) -> str:
    """Text with more after it, what is not a stream on lines of its own."""
    if isinstance(output, Stream) and output.text:
        return text + output.text
    return _ended(_ended(text) + output.text)


def _ended(text: str) -> str:
    """Text whose last line is ended, if there is one."""
    return text + "\n" if text and not text.endswith("\n") else text
