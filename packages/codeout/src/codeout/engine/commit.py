"""Writes what a run made of a page: the page, its figures and its record, all of them or none."""

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
    """Write a page, its figures and its record, or tell why nothing was written.

    The record comes last: where codeout is killed before, the page counts as stale.

    Args:
        update: What to write; one with problems writes nothing.
        lock: Where to remember the run; its file is written too.
    """
    plan = update.plan
    if update.problems:
        return ()
    if astray := _astray(update):
        return astray
    after = lock if update.record is None else lock.with_record(plan.path, update.record)
    pictures = {file: data for file, data in update.pictures.items() if data is not None}
    new = {**pictures, plan.file: update.after, **after.file()}
    try:
        with staged(new) as put_in_place:
            if plan.file.read_bytes() != plan.source:
                hint = "run it again"
                return (Problem(plan.path, 0, "changed while it ran, and was not written", hint),)
            put_in_place()
        lock.take(after)
        for file in update.pictures.keys() - pictures.keys():
            file.unlink(missing_ok=True)
    except OSError as error:
        return (_unwritten(plan, error),)
    return ()


def _unwritten(plan: Plan, error: OSError) -> Problem:
    name = Path(error.filename or plan.file).name
    what = "" if name == plan.file.name else f"{name} "
    hint = "make it writable, or make room, and run the page again"
    return Problem(plan.path, 0, f"{what}cannot be written: {describe_oserror(error)}", hint)


def _astray(update: Update) -> tuple[Problem, ...]:
    """What of an update a link would put outside of the project, as strangers might like."""
    plan = update.plan
    folder = plan.file.parent if plan.path.startswith("../") else plan.root
    message = "{} leads out of the project, and nothing was written"
    hint = "put a file or a folder in the place of the link"
    return tuple(
        Problem(plan.path, 0, message.format(file.name), hint)
        for file in (plan.file, *update.pictures)
        if leads_out(file, folder)
    )
