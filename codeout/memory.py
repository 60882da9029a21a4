"""Whether the system killed a process because memory ran out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

COUNTERS: Final = Path("/proc/vmstat")


def kills() -> int | None:
    """How many processes Linux has killed for memory since it started, in containers too.

    Returns:
        The counter ``oom_kill`` of ``/proc/vmstat``; None where there is none.
    """
    try:
        found = re.search(r"^oom_kill (\d+)$", COUNTERS.read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) if found else None
