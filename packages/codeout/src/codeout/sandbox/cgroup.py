"""A control group for a sandbox, where the system lets us make one.

See https://docs.kernel.org/admin-guide/cgroup-v2.html and ``cgroups(7)``.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.sandbox.bounds import Bounds

_MOUNT: Final = Path("/sys/fs/cgroup")
_OWN: Final = Path("/proc/self/cgroup")
_ENTER: Final = 'for file in {}; do echo $$ > "$file" || exit 1; done; exec "$@"'
_ATTEMPTS: Final = 100


@contextlib.contextmanager
def bounded(bounds: Bounds) -> Iterator[list[str]]:
    """Make a control group, and remove it at the end.

    Args:
        bounds: For memory and processes.

    Yields:
        Words to put before a command so that it runs in the group; none if there is no group.
    """
    folders: list[Path] = []
    try:
        yield _make(folders, bounds)
    finally:
        for folder in folders:
            _remove(folder)


def _make(folders: list[Path], bounds: Bounds) -> list[str]:
    """Make a folder for each controller; returns the words that enter all, or else none."""
    try:
        for base, limits in _controllers(bounds):
            folder = base / f"codeout-{secrets.token_hex(4)}"
            folder.mkdir()
            folders.append(folder)
            for name, value in limits.items():
                with (folder / name).open("r+") as file:  # there, if the controller is enabled
                    file.write(str(value))
        procs = " ".join(f"{folder}/cgroup.procs" for folder in folders)
        enter = ["/bin/sh", "-c", _ENTER.format(procs), "sh"]
        subprocess.run([*enter, "true"], check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return []
    return enter if folders else []


def _controllers(bounds: Bounds) -> Iterator[tuple[Path, dict[str, int]]]:
    """The folders where groups can be made, and the limits to write in each.

    In version 2 a group that holds processes, as ours does, can hold no groups: it is made beside.
    """
    for line in _OWN.read_text(encoding="ascii").splitlines():
        _, names, path = line.split(":", 2)
        if not re.fullmatch(r"[\w./@:-]*", path):
            continue
        if not names and (_MOUNT / "cgroup.controllers").exists():
            own = _MOUNT / path.lstrip("/")
            yield (
                own if own == _MOUNT else own.parent,
                {"memory.max": bounds.memory, "pids.max": bounds.processes},
            )
        elif "memory" in names.split(","):
            yield _MOUNT / names / path.lstrip("/"), {"memory.limit_in_bytes": bounds.memory}
        elif "pids" in names.split(","):
            yield _MOUNT / names / path.lstrip("/"), {"pids.max": bounds.processes}


def _remove(folder: Path) -> None:
    """Remove a group once its processes have ended, which takes the kernel a moment."""
    for _ in range(_ATTEMPTS):
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.01)
        else:
            return
