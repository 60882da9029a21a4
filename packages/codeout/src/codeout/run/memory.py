"""Memory: whether the system killed a process because it ran out, and who takes how much."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

COUNTERS: Final = Path("/proc/vmstat")


def oom_kills() -> int | None:
    """How many processes Linux has killed for memory since it started, in containers too.

    Returns:
        The counter ``oom_kill`` of ``/proc/vmstat``; None where there is none.
    """
    try:
        found = re.search(r"^oom_kill (\d+)$", COUNTERS.read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) if found else None


def share(process: int) -> int:
    """How much memory a process takes, what it shares with others divided among them.

    Args:
        process: Its number.

    Returns:
        Bytes, the ``Pss`` of ``proc_pid_smaps(5)``; 0 where the system does not tell.
    """
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss: +(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
