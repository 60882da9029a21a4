"""Whether processes that should have ended are still alive."""

from __future__ import annotations

import time
from pathlib import Path


def alive(pid: int) -> bool:
    """Whether a process is alive; zombies are not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    until = time.monotonic() + 10
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(pid)


def with_in_environment(text: str) -> set[int]:
    """Process IDs of living processes whose environment contains a text."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            holds = text.encode() in (folder / "environ").read_bytes()
        except OSError:
            continue
        if holds and alive(int(folder.name)):
            found.add(int(folder.name))
    return found
