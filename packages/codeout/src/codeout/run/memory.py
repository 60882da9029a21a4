"""Memory: kills by the system for lack of it, and how much a process uses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

COUNTERS: Final = Path("/proc/vmstat")


def oom_kills() -> int | None:
    """How many processes Linux has killed for lack of memory since it started, also in containers.

    Returns:
        The counter ``oom_kill`` of ``/proc/vmstat``; None if there is none.
    """
    try:
        found = re.search(r"^oom_kill (\d+)$", COUNTERS.read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) if found else None


def share(process: int) -> int:
    """The proportional set size of a process: shared memory is divided among its users.

    Args:
        process: Its process ID.

    Returns:
        Bytes, the ``Pss`` of ``proc_pid_smaps(5)``; 0 if the system does not report it.
    """
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss: +(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
