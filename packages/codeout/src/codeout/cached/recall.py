"""The statuses of all pages where nothing has changed: no page, setting or record is parsed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from codeout.cached.entry import from_entry
from codeout.cached.store import load
from codeout.cached.surroundings import surroundings
from codeout.cached.validity import same, unchanged

if TYPE_CHECKING:
    from codeout.cached.store import Kept
    from codeout.engine.status import Status


def recalled(start: str) -> tuple[Status, ...] | None:
    """The statuses of all pages of the project that a folder belongs to, as they were.

    Args:
        start: The folder, absolute.

    Returns:
        None if something has changed, or nothing is kept.
    """
    kept = _kept(start)
    if kept is None or not kept.order or kept.surroundings != surroundings(kept.root):
        return None
    parts = (kept.settings, kept.lock, kept.folders)
    pages = [kept.pages[name] for name in kept.order]
    if all(map(unchanged, parts)) and all(map(same, pages)):
        return tuple(from_entry(page.status) for page in pages)
    return None


def _kept(start: str) -> Kept | None:
    """What is kept of the nearest folder with a file of settings."""
    folder = start
    while not os.path.lexists(os.path.join(folder, "pyproject.toml")):  # noqa: PTH118
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return None
        folder = above
    return load(folder)
