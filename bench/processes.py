"""The processes of a run, and the memory that they take together."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PROC = Path("/proc")


def children() -> dict[int, list[int]]:
    """List the children of every process that has any."""
    found: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            found.setdefault(parent, []).append(int(stat.parent.name))
    return found


def tree(root: int, family: Mapping[int, list[int]] | None = None) -> list[int]:
    """List a process and all that descend from it, the process itself first."""
    family = children() if family is None else family
    found = [root]
    for process in found:
        found += family.get(process, [])
    return found


def memory(processes: Iterable[int]) -> int:
    """Add up what processes take, in bytes: a page that n of them share counts 1/n in each."""
    total = 0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            total += psutil.Process(process).memory_full_info().pss
    return total
