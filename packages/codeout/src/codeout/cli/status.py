"""The output of ``codeout status``: which pages are stale, and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from codeout.cli.to_json import to_json
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


def as_json(found: Sequence[Status]) -> str:
    """A JSON list with an object for each page, and a newline at its end."""
    return to_json([_object(status) for status in found])


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


def _object(status: Status) -> dict[str, Any]:
    record = status.record
    return {
        "page": status.path,
        "fresh": status.fresh,
        "reasons": list(status.reasons),
        "problems": [str(problem) for problem in status.problems],
        "foreign": [str(problem) for problem in status.foreign],
        "blocks": status.blocks,
        "lines": status.coverage.lines,
        "compared": status.coverage.compared,
        "result": status.outcome.result,
        "gaps": [asdict(gap) for gap in status.outcome.gaps],
        "date": record.date.isoformat() if record else None,
        "seconds": record.seconds if record else None,
        "python": record.python if record else None,
        "device": record.device if record else None,
        "versions": dict(record.versions) if record else {},
        "stand_ins": list(record.stand_ins) if record else [],
        "reads": list(record.observed.reads) if record else [],
        "writes": list(record.observed.writes) if record else [],
        "hosts": list(record.observed.hosts) if record else [],
        "variables": list(record.observed.variables) if record else [],
        "missing": list(record.observed.missing) if record else [],
    }
