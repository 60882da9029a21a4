"""Writes an update: the page, its figures and its record, all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from codeout.errors import Problem, describe_oserror
from codeout.fs.atomic import leads_out, staged

if TYPE_CHECKING:
    from codeout.engine.plan import Plan
    from codeout.engine.update import Update
    from codeout.lock.lockfile import Lock


def write(update: Update, lock: Lock) -> tuple[Problem, ...]:
    """Write a page, its figures and its record.

    The record is written last: if codeout is killed before that, the page is stale.

    Args:
        update: What to write; nothing if it has problems.
        lock: Takes the record; its file is written too.

    Returns:
        Why nothing was written; empty if all was, or if the update has problems.
    """
    plan = update.plan
    if update.problems:
        return ()
    if outside := _outside_of_project(update):
        return outside
    after = lock if update.record is None else lock.with_record(plan.path, update.record)
    drawn = {file: data for file, data in update.pictures.items() if data is not None}
    new = {**drawn, plan.file: update.after, **after.file()}
    try:
        with staged(new) as put_in_place:
            if plan.file.read_bytes() != plan.source:
                hint = "run it again"
                return (Problem(plan.path, 0, "changed while it ran, and was not written", hint),)
            put_in_place()
        lock.take(after)
        for file in update.pictures.keys() - drawn.keys():
            file.unlink(missing_ok=True)
    except OSError as error:
        return (_unwritten(plan, error),)
    return ()


def _unwritten(plan: Plan, error: OSError) -> Problem:
    name = Path(error.filename or plan.file).name
    what = "" if name == plan.file.name else f"{name} "
    hint = "make it writable, or make room, and run the page again"
    return Problem(plan.path, 0, f"{what}cannot be written: {describe_oserror(error)}", hint)


def _outside_of_project(update: Update) -> tuple[Problem, ...]:
    """Problems with files that a link puts outside of the project, which may be an attack."""
    plan = update.plan
    folder = plan.file.parent if plan.path.startswith("../") else plan.root
    message = "{} leads out of the project, and nothing was written"
    hint = "put a file or a folder in the place of the link"
    return tuple(
        Problem(plan.path, 0, message.format(file.name), hint)
        for file in (plan.file, *update.pictures)
        if leads_out(file, folder)
    )
