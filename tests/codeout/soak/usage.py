"""What a process and all that descend from it take of the machine."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from codeout.run.memory import share

from tests.support.processes import tree

if TYPE_CHECKING:
    from pathlib import Path

GROWTH = 1.2
SLACK = 20


@dataclass(frozen=True)
class Usage:
    """What is taken at a moment.

    Attributes:
        megabytes: Memory; what processes share is counted once.
        processes: Processes.
        descriptors: Open descriptors of all of them.
        files: Files and folders in the folder for temporary ones.
    """

    megabytes: int
    processes: int
    descriptors: int
    files: int

    def __str__(self) -> str:
        return ", ".join(f"{getattr(self, each.name)} {each.name}" for each in fields(self))

    def beyond(self, before: Usage) -> list[str]:
        """What has grown by more than a fifth, a few aside."""
        return [
            each.name
            for each in fields(self)
            if getattr(self, each.name) > getattr(before, each.name) * GROWTH + SLACK
        ]


def usage_of(root: int, temporary: Path) -> Usage:
    """What the process ``root`` and its descendants take, and a folder of temporary files holds."""
    processes = tree(root)
    return Usage(
        megabytes=sum(map(share, processes)) // 10**6,
        processes=len(processes),
        descriptors=sum(map(_descriptors, processes)),
        files=sum(1 for _ in temporary.rglob("*")),
    )


def _descriptors(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208
    except OSError:
        return 0
