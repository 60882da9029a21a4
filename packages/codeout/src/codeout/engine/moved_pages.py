"""Pages that were moved: what they show was made by codeout at their old place."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.engine.page_digests import digest_outputs
from codeout.output.figure_files import PictureFiles

if TYPE_CHECKING:
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.lock.lockfile import Lock
    from codeout.lock.record import Record


def record_before(config: Config, plan: Plan, lock: Lock) -> Record | None:
    """The record of a page from before a run; after a move, that of the page at its old place.

    A page was moved if it has no record, and if what it shows, looked at from the place of a page
    that is gone, is what the record of that one says. No figure at the new place is ours by it.

    Args:
        config: The settings.
        plan: The page.
        lock: The records.
    """
    if record := lock.get(plan.path):
        return record
    for path in lock:
        old = lock.get(path)
        if old and old.inputs.code == plan.inputs.code and _was_there(config, plan, path, old):
            return replace(old, outputs=plan.outputs, figures={})
    return None


def _was_there(config: Config, plan: Plan, path: str, old: Record) -> bool:
    place = config.root / path
    if not old.figures or os.path.lexists(place):
        return False
    pictures = PictureFiles(path, place, config)
    return digest_outputs(plan.page, plan.shown, pictures) == old.outputs
