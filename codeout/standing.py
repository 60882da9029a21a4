"""The answer of ``codeout status``: which pages are stale, and why."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.project import Status


def as_json(found: Sequence[Status]) -> str:
    """A list of objects, one a page, with a line's end."""
    return json.dumps([_object(status) for status in found], indent=2, ensure_ascii=False) + "\n"


def as_table(found: Sequence[Status]) -> str:
    """A table for people, with a line that counts."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("page", "blocks", "last run", "state"):
        table.add_column(name, overflow="fold", justify="right" if name == "blocks" else "left")
    for status in found:
        day = status.record.date.isoformat() if status.record else "never"
        state = Text(_state(status), style="green" if status.fresh else "yellow")
        table.add_row(Text(status.path), str(status.blocks), day, state)
    console = Console(file=io.StringIO(), force_terminal=Console().is_terminal)
    console.print(table)
    stale = sum(not status.fresh for status in found)
    console.print(f"{len(found)} pages, {stale} stale", highlight=False)
    told = console.file
    assert isinstance(told, io.StringIO)  # noqa: S101  # as made above
    return told.getvalue()


def _state(status: Status) -> str:
    if status.problems:
        return "; ".join(f"line {problem.line}: {problem.message}" for problem in status.problems)
    if not status.blocks:
        return "nothing to run"
    return ", ".join(status.reasons) or "fresh"


def _object(status: Status) -> dict[str, Any]:
    record = status.record
    return {
        "page": status.path,
        "fresh": status.fresh,
        "reasons": list(status.reasons),
        "problems": [str(problem) for problem in status.problems],
        "blocks": status.blocks,
        "date": record.date.isoformat() if record else None,
        "seconds": record.seconds if record else None,
        "python": record.python if record else None,
        "device": record.device if record else None,
        "versions": dict(record.versions) if record else {},
        "stand_ins": list(record.stand_ins) if record else [],
    }
