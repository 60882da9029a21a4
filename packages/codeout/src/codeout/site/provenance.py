"""How the outputs of a page were made, for templates; and what to say of a stale page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from codeout.site.elsewhere import holds_with, unlike
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from codeout.engine.status import Status
    from codeout.site.elsewhere import Elsewhere

UNVERIFIED: Final[dict[str, Any]] = {"fresh": False}
"""The metadata of a page whose outputs nobody has verified."""


def provenance(status: Status) -> dict[str, Any]:
    """The metadata of a page for templates; ``UNVERIFIED`` for a page that never ran."""
    record = status.record
    if record is None:
        return UNVERIFIED
    return {
        "fresh": status.fresh,
        "blocks": record.blocks,
        "date": record.date.isoformat(),
        "device": record.device,
        "python": record.python,
        "also": [_for_readers(each) for each in holds_with(record.matrix)],
        "unlike": [asdict(each) for each in unlike(record.matrix)],
        "matrix": {name: tested.result for name, tested in record.matrix.items()},
        "seconds": record.seconds,
        "stand_ins": list(record.stand_ins),
        "versions": dict(record.versions),
    }


def _for_readers(each: Elsewhere) -> dict[str, Any]:
    """Environments in lists, since Zensical takes no tuples in metadata."""
    return {"package": each.package, "runs": [list(run) for run in each.runs]}


def warning(status: Status) -> str:
    """The warning for a stale page: why it is stale, and what to do."""
    if status.problems:
        return "\n".join(map(str, status.problems))
    why = f"{status.path} is stale: {', '.join(status.reasons)}"
    return f"{escape_line(why)}; `codeout run` refreshes it"
