"""What there is to say of a page in an editor, in the words of ``check`` and ``status``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.engine.plan import Plan
    from codeout.errors import Problem
    from codeout.lsp.analysis import Analysis
    from codeout.lsp.result import RunResult


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say of a line.

    Attributes:
        line: The line, counted from 1.
        severity: How much it matters.
        code: What kind of thing it is, in one word.
        message: What it is.
        hint: What to do about it; may be empty.
        detail: A diff or a traceback; may be empty.
    """

    line: int
    severity: Severity
    code: str
    message: str
    hint: str = ""
    detail: str = ""

    @property
    def text(self) -> str:
        """The message, and below it the hint."""
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class EditorRun:
    """A run of a page in the editor.

    Attributes:
        plan: The page as it was then, up to the block that was asked for.
        result: What the run gave.
    """

    plan: Plan
    result: RunResult

    def count_unchanged(self, now: Plan) -> int:
        """How many of its blocks are in a page as it is now, with all before them."""
        pairs = zip(self.plan.cells, self.plan_in(now).cells, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def plan_in(self, now: Plan) -> Plan:
        """The page as it is now, up to the block that was asked for."""
        return now.up_to(min(self.result.at, len(now.cells) - 1)) if now.cells else now


def findings(analysis: Analysis, ran: EditorRun | None) -> Iterator[Finding]:
    """Yield what there is to say of a page, in the order in which it was found.

    Args:
        analysis: The page.
        ran: Its last run in the editor, if there was one.
    """
    status = analysis.status
    yield from (_finding(each, Severity.ERROR, "page") for each in status.problems)
    if status.reasons and not status.problems and _is_recorded(analysis):
        line = min((block.line for block in analysis.plan.running), default=1)
        message = f"stale: {', '.join(status.reasons)}; `codeout run` refreshes it"
        yield Finding(line, Severity.WARNING, "stale", message)
    if ran:
        yield from _of_run(analysis.plan, ran)
    yield from (_finding(each, Severity.WARNING, "foreign") for each in status.foreign)
    for gap in status.outcome.gaps:
        code = "not-compared" if gap.output else "not-run"
        yield Finding(gap.line, Severity.NOTE, code, f"{gap.fate}: {gap.what}", gap.hint)


def _is_recorded(analysis: Analysis) -> bool:
    """Whether a run of the page is recorded, or would be if all pages ran."""
    config = analysis.project.config
    return bool(config.lock and (config.pages or analysis.status.record))


def _of_run(now: Plan, ran: EditorRun) -> Iterator[Finding]:
    """What a run said of blocks that are still what they were."""
    same, here = ran.count_unchanged(now), ran.plan_in(now)
    for problem in ran.result.problems:
        if (moved := _moved(problem, ran.plan, here, same)) is not None:
            yield _finding(moved, Severity.ERROR, "failed")
    for change in ran.result.changes:
        moved = _moved(change, ran.plan, here, same)
        if moved is not None and _outputs(change, ran.plan) == _outputs(moved, here):
            yield _finding(_at_code(moved, here), Severity.WARNING, "differs")


def _moved(problem: Problem, was: Plan, now: Plan, same: int) -> Problem | None:
    """A problem at the line where its block is now; None if that is another block."""
    at = was.block_of(problem)
    if at < 0:
        return problem if was.source == now.source else None
    if at >= same:
        return None
    return replace(problem, line=problem.line + now.running[at].line - was.running[at].line)


def _outputs(change: Problem, plan: Plan) -> list[str]:
    """The outputs of a page that a change is about: nobody has corrected them if they stay."""
    block = plan.blocks[plan.block_of(change)]
    return [slot.source for slot in plan.page.slots if block in slot.blocks]


def _at_code(change: Problem, plan: Plan) -> Problem:
    """A change at the line of its code, if the output is missing: there may be no line for it."""
    missing = not any(_outputs(change, plan))
    return replace(change, line=plan.running[plan.block_of(change)].line) if missing else change


def _finding(problem: Problem, severity: Severity, code: str) -> Finding:
    line = max(1, problem.line)
    return Finding(line, severity, code, problem.message, problem.hint, problem.detail)
