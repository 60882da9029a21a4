"""The results of a check as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from codeout.cli.to_json import to_json
from codeout.engine.verdict import verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from codeout.engine.outcome import Outcome
    from codeout.engine.update import Update


def as_json(updates: Sequence[Update], outcomes: Mapping[str, Outcome]) -> str:
    """A JSON list with an object for each page, by name.

    Args:
        updates: The results.
        outcomes: What of each page is compared, by its name.
    """
    ordered = sorted(updates, key=lambda update: update.plan.path)
    return to_json([_object(update, outcomes[update.plan.path]) for update in ordered])


def _object(update: Update, outcome: Outcome) -> dict[str, Any]:
    record = update.record
    return {
        "page": update.plan.path,
        **asdict(verdict_of(update, outcome)),
        "blocks": outcome.blocks,
        "lines": outcome.coverage.lines,
        "compared": outcome.coverage.compared,
        "gaps": [asdict(gap) for gap in outcome.gaps],
        "problems": [asdict(problem) for problem in (*update.problems, *update.changes)],
        "seconds": round(record.seconds, 1) if record else None,
        "python": record.python if record else None,
        "versions": dict(record.versions) if record else {},
    }
