"""Writes an update: the page, its figures and its record, all of them or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError, Problem, describe_oserror
from codeout.fs.atomic import staged
from codeout.fs.digest import digest
from codeout.fs.place import ChangedError, NewFile, RefusedError, check_place

if TYPE_CHECKING:
    from codeout.engine.plan import Plan
    from codeout.engine.update import Update
    from codeout.lock.lockfile import Lock
    from codeout.lock.record import Record

_ATTEMPTS: Final = 9


def write(update: Update, lock: Lock) -> tuple[Problem, ...]:
    """Write a page, its figures and its record.

    The record comes first: if codeout is killed after that, the outputs of the page are not those
    of the record, so the page is stale, and the record says which figures are ours. The page comes
    last, in one step with a look at what it replaces.

    Args:
        update: What to write; nothing if it has problems.
        lock: Takes the record; its file is written too.

    Returns:
        Why nothing was written; empty if all was, or if the update has problems.
    """
    plan = update.plan
    if update.problems:
        return ()
    removed = [file for file, data in update.pictures.items() if data is None]
    try:
        for file in removed:
            check_place(NewFile(file, b"", _home_of(plan)))
        _write_once(update, lock, removed)
        for file in removed:
            file.unlink(missing_ok=True)
        if removed and update.record:
            lock.put(plan.path, update.record)
            lock.write()
    except (OSError, CodeoutError) as error:
        return (_unwritten(plan, error),)
    return ()


def _write_once(update: Update, lock: Lock, removed: list[Path]) -> None:
    """Write all, again if others write to the lock at the same moment; see ``_write_all``."""
    for attempt in range(_ATTEMPTS):
        try:
            _write_all(update, lock, removed)
        except ChangedError as error:
            if Path(error.filename) == update.plan.file or attempt == _ATTEMPTS - 1:
                raise
        else:
            return


def _write_all(update: Update, lock: Lock, removed: list[Path]) -> None:
    """Write the record, the figures and the page.

    Raises:
        ChangedError: The page or the lock was changed by others; nothing is written.
        OSError: A file cannot be written; nothing is.
        ConfigError: What others have written to the lock is none.
    """
    plan, home = update.plan, _home_of(update.plan)
    lock.refresh()
    after = lock
    if update.record is not None:
        after = lock.with_record(plan.path, _with_figures(update.record, removed))
    new = [NewFile(file, data, home) for file, data in update.pictures.items() if data is not None]
    page = NewFile(plan.file, update.after, home, was=plan.source)
    record = after.file()
    with staged([*filter(None, [record]), *new, page]) as put_in_place:
        put_in_place()
    lock.take(after)
    lock.written(record)


def _with_figures(record: Record, removed: list[Path]) -> Record:
    """The record with the figures that are still to be removed."""
    left = {file.name: digest(file.read_bytes()) for file in removed if file.is_file()}
    return replace(record, figures={**left, **record.figures})


def _home_of(plan: Plan) -> Path:
    """The folder that no link may lead out of: the project, or that of a page elsewhere."""
    return plan.file.parent if plan.path.startswith("../") else plan.root


def _unwritten(plan: Plan, error: OSError | CodeoutError) -> Problem:
    if isinstance(error, CodeoutError):
        return Problem(plan.path, 0, error.message, error.hint)
    name = Path(error.filename or plan.file).name
    named = "" if name == plan.file.name else f"{name} "
    match error:
        case ChangedError():
            message, hint = f"{named}changed while it ran, and was not written", "run it again"
        case RefusedError():
            message = f"{name} {error.strerror}, and nothing was written"
            hint = "put a file or a folder in its place"
        case _:
            message = f"{named}cannot be written: {describe_oserror(error)}"
            hint = "make it writable, or make room, and run the page again"
    return Problem(plan.path, 0, message, hint)
