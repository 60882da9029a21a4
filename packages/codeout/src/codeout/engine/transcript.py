"""The transcript of a run: the outputs of a page's blocks, and its problems."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.engine.block_messages import not_shown, refusal, status, too_much
from codeout.engine.hints import hint_for
from codeout.errors import Problem
from codeout.formats import format_of
from codeout.output.colours import normalize_coloured
from codeout.output.console import as_typed
from codeout.output.model import Error, Figure, Html, Interactive, Markup, Stream, Value
from codeout.output.normalize import Places, normalize
from codeout.output.sanitize import stands_alone
from codeout.output.svg import clean_svg
from codeout.output.typed import last_traceback
from codeout.page.model import SlotKind, blocks_of_fence
from codeout.run.access import site_folders
from codeout.run.job import Isolation
from codeout.text.terminal import render_terminal
from codeout.text.width import expand_tabs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.engine.plan import Plan
    from codeout.output.model import Output, Ran
    from codeout.page.model import Slot
    from codeout.run.events import Ended

_END_OF_BLOCK: Final = Stream("")
_IMPORT: Final = "its docstrings run with its names: let Python import it"
_LAST_LINES: Final = 10
"""How many lines of what a failed block printed are told."""

_LONGEST_LINE: Final = 200
"""How many characters of one of them."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What one run of a page left behind.

    Attributes:
        runs: Of its cells, in order; None for those that did not run because the page or a session
            was stopped, or because a block failed.
        ended: How it ended.
        isolation: What it could not reach.
        sessions: How each of its sessions ended; none of them if ``ended`` tells of the only one.
    """

    runs: tuple[Ran | None, ...]
    ended: Ended
    isolation: Isolation = Isolation()
    sessions: tuple[Ended, ...] = ()

    def outputs_of(self, plan: Plan, slot: Slot) -> Iterator[Output]:
        """The outputs of a slot, joined or split as the format of the page asks, normalized.

        Args:
            plan: The page that ran.
            slot: One of its slots; blocks that do not run have no outputs.
        """
        held = [index for index in slot.blocks if index in plan.blocks]
        ran = [self.runs[plan.blocks.index(index)] for index in held]
        typed, commented = slot.kind is SlotKind.TRANSCRIPTS, slot.kind is SlotKind.COMMENTS
        outputs = (output for each in ran if each for output in (*each.outputs, _END_OF_BLOCK))
        if commented:
            outputs = (output for output in outputs if _is_printed_at(output, slot.statement))
        lasting = _as_typed if typed else _lasting
        coloured = plan.colour and slot.kind in {SlotKind.TABS, SlotKind.FENCE}
        for output in format_of(plan.path).join(map(lasting, outputs)):
            if isinstance(output, Figure | Interactive | Html | Markup):
                yield output
            elif text := self._text(output.text, exact=typed or commented, coloured=coloured):
                yield replace(output, text=text)

    def problems(self, plan: Plan, limit: int) -> tuple[Problem, ...]:
        """The problems of the run, in the order of the page.

        Args:
            plan: The page that ran.
            limit: How many bytes of text one block may print or show.
        """
        found: list[Problem] = []
        blocks = plan.running
        for at, ran in enumerate(self.runs[: len(blocks)]):
            found += self._problems_of_block(plan, at, ran, limit) if ran else ()
        for ended in (each for each in self.sessions or (self.ended,) if each.died):
            block = blocks[ended.index]
            message = block.with_name(ended.died)
            printed = self._end_of(ended.printed)
            found.append(Problem(plan.path, block.line, message, ended.hint, printed))
        return tuple(dict.fromkeys(found))  # a module fails alike in each session

    def notes(self, plan: Plan) -> tuple[Problem, ...]:
        """Why values that were to be interactive are shown in another form."""
        return tuple(
            Problem(plan.path, block.line, block.with_name(f"not interactive: {why}"))
            for block, ran in zip(plan.running, self.runs, strict=False)
            for why in (ran.still if ran else ())
        )

    def _problems_of_block(self, plan: Plan, at: int, ran: Ran, limit: int) -> Iterator[Problem]:
        cell, block = plan.cells[at], plan.running[at]

        def problem(message: str, hint: str, detail: str = "") -> Problem:
            return Problem(plan.path, block.line, block.with_name(message), hint, detail)

        if ran.unimported >= 0 and ran.error:
            summary = normalize(ran.error.summary, self.places)
            message = f"the module cannot be imported: {summary}"
            yield Problem(plan.path, ran.unimported, message, _IMPORT)
            return
        if ran.printed + ran.shown > limit:
            yield problem(*too_much(ran, limit))
        for told in not_shown(ran):
            yield problem(*told)
        if ran.refused:
            yield from (problem(*refusal(url, self.isolation)) for url in ran.refused)
        elif ran.error and not cell.forgives_error(ran):
            yield self._raised(plan, at, ran, ran.error)
        elif not cell.forgives_status(ran):
            yield problem(*status(plan.path, cell, ran), self._printed_by(ran))
        elif cell.raises and not ran.error:
            hint = f"the error is gone: rewrite this part, and remove `raises={cell.raises}`"
            yield problem(f"was to raise {cell.raises}, and did not", hint)
        elif cell.status and cell.status not in self._statuses(plan, at):
            hint = f"the failure is gone: rewrite this part, and remove `exit={cell.status}`"
            yield problem(f"no shell command ended with status {cell.status}", hint)

    def _statuses(self, plan: Plan, at: int) -> set[int]:
        """The statuses of a block; of the last command of a fence, those of all its commands."""
        held = blocks_of_fence(plan.running, at) if plan.cells[at].shell else range(at, at + 1)
        if at < held[-1]:
            return {plan.cells[at].status}  # a later command may still end with it
        runs = (self.runs[k] for k in held)
        return {status for ran in runs if ran for status in ran.statuses}

    def _raised(self, plan: Plan, at: int, ran: Ran, error: Error) -> Problem:
        path, cell, block = plan.path, plan.cells[at], plan.running[at]
        name = error.names[0].rpartition(".")[2]
        line = block.line_of(error.line) if cell.code == block.code else block.line
        expected = f", not {cell.raises}" if cell.raises else ""
        message = f"raised {normalize(error.summary, self.places)}{expected}"
        hint = hint_for(plan, at, name, error.summary)
        told = "" if error.text.rstrip() == error.summary else self._text(error.text)
        text = "\n".join(filter(None, [self._printed_by(ran), told]))
        return Problem(path, line, block.with_name(message), hint, text)

    def _printed_by(self, ran: Ran) -> str:
        """The end of what a block printed, to be told with its failure."""
        return self._end_of("".join(o.text for o in ran.outputs if isinstance(o, Stream)))

    def _end_of(self, text: str) -> str:
        text = as_typed(text)
        lines = text.rstrip("\n").split("\n") if text.strip() else []
        cut = ["| …"] if len(lines) > _LAST_LINES else []
        last = "\n".join(line[-_LONGEST_LINE:] for line in lines[-_LAST_LINES:])
        shown = self._text(last).split("\n") if lines else []
        return "\n".join([*cut, *(f"| {line}".rstrip() for line in shown)])

    def _text(self, text: str, *, exact: bool = False, coloured: bool = False) -> str:
        """A text as pages show it; without blank lines at its end, unless it is ``exact``."""
        normalized = normalize_coloured if coloured else normalize
        shown = normalized(expand_tabs(text), self.places)
        return shown if exact else shown.rstrip("\n")

    @property
    def places(self) -> Places:
        """Where the page ran, which its outputs do not show."""
        others = tuple(each.work for each in self.sessions)
        home = self.ended.home or str(Path.home())
        return Places(self.ended.work, home, self.ended.site or site_folders(), others)


def _lasting(output: Output) -> Output:
    """The richest form of a value that still says something on a page."""
    match output:
        case Html(source, result, plain) if plain and not stands_alone(source):
            return Value(plain, result)
        case Figure(data, "svg", result):
            with contextlib.suppress(ValueError):  # such a page is not written
                return Figure(clean_svg(data), "svg", result)
        case Interactive(picture=Figure(data, "svg")):
            with contextlib.suppress(ValueError):  # likewise
                return replace(output, picture=Figure(clean_svg(data), "svg"))
    return output


def _is_printed_at(output: Output, statement: tuple[int, int]) -> bool:
    """Whether some lines of a block printed an output."""
    first, last = statement
    return isinstance(output, Stream) and first <= output.line <= last


def _as_typed(output: Output) -> Output:
    """An output as doctest expects it below a prompt."""
    match output:
        case Error(text=text):
            return replace(output, text=last_traceback(render_terminal(text)))
    return output
