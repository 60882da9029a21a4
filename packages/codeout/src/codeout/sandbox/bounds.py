"""How much of the machine the pages in a sandbox may take, all of them together.

A stranger writes the settings of a project as well as its pages. So the bounds come from the
caller's environment, not from the settings.
"""

from __future__ import annotations

import os
import re
import resource
from dataclasses import dataclass
from typing import Final

from codeout.errors import ConfigError

_MEGABYTE: Final = 10**6
_VARIABLES: Final = {
    "megabytes": ("CODEOUT_SANDBOX_MEGABYTES", 4_000),
    "processes": ("CODEOUT_SANDBOX_PROCESSES", 512),
    "disk": ("CODEOUT_SANDBOX_DISK_MEGABYTES", 2_000),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of one sandbox.

    Attributes:
        megabytes: Memory; without control groups, of each process.
        processes: Processes and threads; without control groups, root is not bounded.
        disk: Files that pages write, in megabytes: they are kept in memory.
    """

    megabytes: int
    processes: int
    disk: int

    @property
    def memory(self) -> int:
        """Memory, in bytes."""
        return self.megabytes * _MEGABYTE

    @property
    def files(self) -> int:
        """Files, in bytes."""
        return self.disk * _MEGABYTE

    def apply(self) -> None:
        """Bound this process and those that it starts, as far as a process can be bounded."""
        wanted = {
            resource.RLIMIT_DATA: self.memory,
            resource.RLIMIT_NPROC: self.processes,
            resource.RLIMIT_FSIZE: self.files,
            resource.RLIMIT_CORE: 0,
        }
        for kind, most in wanted.items():
            _, hard = resource.getrlimit(kind)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)  # noqa: PLW2901
            resource.setrlimit(kind, (most, most))


def bounds() -> Bounds:
    """The bounds that the caller sets, or the usual ones.

    Raises:
        ConfigError: A variable holds no whole number above 0.
    """
    values = {}
    for name, (variable, usual) in _VARIABLES.items():
        text = os.environ.get(variable, str(usual))
        if not re.fullmatch("[0-9]{1,7}", text) or not 0 < int(text) <= _MEGABYTE:
            message = f"{variable} must be a whole number from 1 to {_MEGABYTE:,}, not {text!r}"
            raise ConfigError(message, f"such as {usual}")
        values[name] = int(text)
    return Bounds(**values)
