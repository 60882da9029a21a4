"""Memory: kills by the system for lack of it, what a process uses, and what is left."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Final

COUNTERS: Final = Path("/proc/vmstat")
MACHINE: Final = Path("/proc/meminfo")
OWN: Final = Path("/proc/self/cgroup")
GROUPS: Final = Path("/sys/fs/cgroup")


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


def available() -> int | None:
    """How much memory new processes can use until the system has to take it from others.

    Returns:
        Bytes, ``MemAvailable`` of ``/proc/meminfo`` or what is left in our control groups, if that
        is less; None if the system does not report it.
    """
    try:
        found = re.search(r"^MemAvailable: +(\d+) kB$", MACHINE.read_text("ascii"), re.MULTILINE)
        own = OWN.read_text("utf-8").partition("0::/")[2].partition("\n")[0]
    except OSError:
        return None
    folder = GROUPS / own
    left = [_left_in(each) for each in (folder, *folder.parents) if each.is_relative_to(GROUPS)]
    left += [int(found[1]) * 1024] if found else []
    return min((each for each in left if each is not None), default=None)


def _left_in(group: Path) -> int | None:
    """How much the processes of a control group (version 2) can still use; None without a limit."""
    with contextlib.suppress(OSError, ValueError):
        limit = int((group / "memory.max").read_text("ascii"))  # "max" without one
        used = int((group / "memory.current").read_text("ascii"))
        counts = (line.split() for line in (group / "memory.stat").read_text("ascii").splitlines())
        cached = sum(int(count) for name, count in counts if name == "inactive_file")
        return max(0, limit - used + cached)
    return None
