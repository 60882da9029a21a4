"""The table of ``codeout status``: which pages are stale, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from codeout.output.coverage import Coverage
from codeout.text.escape import escape_line
from codeout.text.plural import plural
from codeout.text.width import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.engine.status import Status
    from codeout.errors import Problem

_SHOWN: Final = 5
"""How many reasons the table shows; ``--json`` shows all."""


def as_table(found: Sequence[Status], *, colored: bool) -> str:
    """A table with a line of totals; states may be colored."""
    rows = [("page", "blocks", "compared", "last run", "state")]
    for status in found:
        day = status.record.date.isoformat() if status.record else "never"
        state = escape_line(_state(status))
        if colored:
            state = click.style(state, fg="green" if status.fresh else "yellow")
        name, share = escape_line(status.path), str(status.coverage)
        rows.append((name, str(status.blocks), share, day, state))
    width = max(map(display_width, (row[0] for row in rows)))
    lines = [
        page
        + " " * (width - display_width(page))
        + f"  {blocks:>6}  {compared:>8}  {day:<10}  {state}"
        for page, blocks, compared, day, state in rows
    ]
    stale = sum(not status.fresh for status in found)
    total = sum((status.coverage for status in found), Coverage())
    share = f", {total} of the output lines compared" if total.lines else ""
    return "\n".join([*lines, f"{plural(len(found), 'page')}, {stale} stale{share}", ""])


def _state(status: Status) -> str:
    if status.problems:
        return "; ".join(map(_reason, status.problems))
    if not (status.blocks or status.reasons):
        return status.outcome.result
    first, rest = status.reasons[:_SHOWN], status.reasons[_SHOWN:]
    more = f", and {len(rest)} more" if rest else ""
    return ", ".join(first) + more or f"fresh, {status.outcome.result}"


def _reason(problem: Problem) -> str:
    return f"line {problem.line}: {problem.message}" if problem.line else problem.message
