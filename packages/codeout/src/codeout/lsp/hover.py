"""What an editor shows of a line: the whole of a finding, and how an output was made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codeout.page.model import count_newlines
from codeout.text.escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeout.engine.plan import Plan
    from codeout.lock.record import Record
    from codeout.lsp.analysis import Analysis
    from codeout.lsp.findings import EditorRun, Finding


def hover(analysis: Analysis, ran: EditorRun | None, found: Iterable[Finding], line: int) -> str:
    """What to show of a line, in Markdown; empty for nothing.

    Args:
        analysis: The page.
        ran: Its last run in the editor, if there was one.
        found: What there is to say of the page.
        line: The line, counted from 1.
    """
    parts = [_of_finding(each) for each in found if each.line == line]
    at = block_at(analysis.plan, line)
    if at >= 0:
        parts += [*_of_block(analysis, ran, at)]
    return "\n\n---\n\n".join(parts)


def block_at(plan: Plan, line: int) -> int:
    """The index, among the blocks that run, of the one at a line or whose output is; -1 for none.

    Args:
        plan: The page.
        line: The line, counted from 1.
    """
    slots = {at: slot for slot in plan.page.slots for at in slot.blocks}
    for index, at in enumerate(plan.blocks):
        block, slot = plan.page.blocks[at], slots.get(at)
        parts = [(block.line, block.source)] + ([(slot.line, slot.source)] if slot else [])
        for start, source in parts:
            if start <= line < start + max(1, count_newlines(source)):
                return index
    return -1


def _of_finding(finding: Finding) -> str:
    return fenced("\n".join(filter(None, [finding.text, finding.detail])))


def _of_block(analysis: Analysis, ran: EditorRun | None, at: int) -> Iterator[str]:
    plan, status = analysis.plan, analysis.status
    title = f"Block {at + 1} of {len(plan.blocks)}"
    if text := printed(ran, plan, at):
        seconds = ran.result.seconds if ran else 0
        yield f"{title}, as it ran here in {seconds:g} s:\n\n{fenced(text)}"
    if status.record is None:
        yield fenced(f"{title}: never ran")
        return
    stale = f"; stale: {', '.join(status.reasons)}" if status.reasons else ""
    yield fenced(f"{title}: {_made(status.record)}{stale}")


def printed(ran: EditorRun | None, now: Plan, at: int) -> str | None:
    """What a block left in a run, if it is still what it was then; None for no such run."""
    if ran is None:
        return None
    here = ran.plan_in(now)
    held = [now.blocks.index(index) for index in here.blocks]
    if at not in held or held.index(at) >= ran.count_unchanged(now):
        return None
    index = held.index(at)
    return ran.result.texts[index] if index < len(ran.result.texts) else None


def _made(record: Record) -> str:
    """When, with what and for how long a page ran."""
    versions = "".join(f", {name} {version}" for name, version in record.versions.items())
    stand_ins = f", with stand-ins for {', '.join(record.stand_ins)}" if record.stand_ins else ""
    return (
        f"made on {record.date.isoformat()} with Python {record.python}{versions} on "
        f"{record.device}; the page took {record.seconds:g} s{stand_ins}"
    )


def fenced(text: str) -> str:
    """A text in a fence that it cannot end: a page may print links and pictures."""
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{escape(text)}\n{fence}"
