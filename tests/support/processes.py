"""What tests ask about processes that are to be gone."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def gone(pid: int) -> bool:
    """Whether a process that was killed is gone soon."""
    until = time.monotonic() + 60  # a busy machine gets there too
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(pid)


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def with_in_environment(text: str) -> set[int]:
    """The living processes whose environment holds a text."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            holds = text.encode() in (folder / "environ").read_bytes()
        except OSError:
            continue
        if holds and alive(int(folder.name)):
            found.add(int(folder.name))
    return found
