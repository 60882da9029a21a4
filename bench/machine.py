"""The machine and the versions, read from the system; nothing that names the host."""

from __future__ import annotations

import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

from bench.engines import EXTRA, SAME_FOR_ALL

PACKAGES = (
    "torch",
    "torchvision",
    "ipython",
    "watchfiles",
    "mkdocs",
    "mkdocs-jupyter",
    "markdown-exec",
    "nbmake",
    "pytest",
    "pytest-codeblocks",
    "pytest-markdown-docs",
)


def describe() -> dict[str, str]:
    """Describe where the figures come from, in the order in which to show it."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "CPU": f"{_field('/proc/cpuinfo', 'model name') or platform.machine()}, {_cores()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GiB",
        "load before": f"{os.getloadavg()[0]:.2f}",
        "kernel": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        **_versions(),
        "OMP_NUM_THREADS": SAME_FOR_ALL["OMP_NUM_THREADS"],
    }


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _field(path: str, name: str) -> str:
    try:
        found = re.search(rf"^{name}\s*:\s*(.+)$", Path(path).read_text(), re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found else ""


def _versions() -> dict[str, str]:
    found = {
        distribution.name.lower().replace("_", "-"): distribution.version
        for distribution in distributions(path=[*sys.path, str(EXTRA)])
    }
    return {name: found[name] for name in PACKAGES if name in found}
