"""Writes the result of a rerun, unless the page has changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.watch.events import PageSettled

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.watch.rerun import Rerun


def write_result(project: Project, rerun: Rerun) -> PageSettled | None:
    """Write the result of a rerun, or forget a page that failed.

    Returns:
        What became of the page; None if it was edited or removed since it was read, so that the
        result is of no use.
    """
    update = rerun.update
    if _has_changed(update.plan):
        return None
    notes = project.cut_links(update)
    problems = update.problems or project.write(update)
    if problems and _has_changed(update.plan):  # saved during the write
        return None
    if update.problems:
        project.forget(update.plan)
    return PageSettled(rerun, problems, () if problems else notes)


def holds(file: Path, data: bytes) -> bool:
    """Whether a file can be read and has these bytes."""
    try:
        return file.read_bytes() == data
    except OSError:
        return False


def _has_changed(plan: Plan) -> bool:
    """Whether a page was edited or removed since it was read."""
    try:
        return plan.file.read_bytes() != plan.source
    except FileNotFoundError:
        return True
    except OSError:
        return bool(plan.source)  # a page that was unreadable from the start has not changed
