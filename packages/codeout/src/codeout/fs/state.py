"""The state of a file: what the system tells of it without reading it."""

from __future__ import annotations

import os

ABSENT = ""
"""The state of what is not there, or cannot be looked at."""


def state_of(path: str) -> str:
    """The state of a file or a folder, which changes with its contents; links are followed.

    A folder changes when a name in it is made, removed or replaced.
    """
    try:
        found = os.stat(path)  # noqa: PTH116  # a Path takes as long as the call
    except (OSError, ValueError):
        return ABSENT
    parts = (found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns)
    return " ".join(map(str, (*parts, found.st_ctime_ns)))


def settled(path: str, state: str, before: int) -> bool:
    """Whether a state is older than a time: then what was read since belongs to it.

    The time of change of a file, which no program sets, decides; of what is absent, that of the
    nearest folder above it.

    Args:
        path: The file.
        state: Its state.
        before: In nanoseconds since the epoch.
    """
    while state == ABSENT:
        above = os.path.dirname(path)  # noqa: PTH120
        if above == path:
            return False
        path, state = above, state_of(above or os.curdir)
    return int(state.rpartition(" ")[2]) < before
