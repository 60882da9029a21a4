"""The files that a server of pages is made of: those of its modules, and all that they read.

They are found in a process of their own, which loads the same modules: a hook that watches the
server itself would stay in every page.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.fs.state import ABSENT, settled, state_of
from codeout.run.environment import apply_environment
from codeout.run.forkserver import modules_of
from codeout.run.interpreter import kept_flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.run.job import Limits

States = dict[str, str]
"""The states of files and folders, by their absolute paths."""

_PACKAGE: Final = Path(__file__).parents[1]
_OF_THE_KERNEL: Final = ("/proc/", "/sys/", "/dev/")
_COMPILED: Final = ".pyc"  # made of a source, whose state counts
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Survey:
    """A process that finds these files while the server loads the same modules.

    Args:
        limits: What is preloaded, and in which environment.
    """

    def __init__(self, limits: Limits) -> None:
        environ = dict(os.environ)
        apply_environment(environ, limits.environment)
        self._begun = time.time_ns()
        self._process = subprocess.Popen(  # noqa: S603  # itself
            [sys.executable, *kept_flags(), "-m", __name__, *modules_of(limits)],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            restore_signals=False,
        )

    def states(self, granularity: int) -> States | None:
        """The states that they had from the start on; None if one of them has changed since.

        Args:
            granularity: Nanoseconds within which two changes may have the same time.
        """
        told, _ = self._process.communicate()
        if self._process.returncode:
            return None
        states: States = json.loads(told)
        before = self._begun - granularity
        known = all(settled(path, state, before) for path, state in states.items() if state)
        return states if known and unchanged(states) else None

    def close(self) -> None:
        """End the process."""
        with self._process:  # waits, and closes its end
            self._process.kill()


def unchanged(states: States) -> bool:
    """Whether some files have the states that they had."""
    return all(state_of(path) == state for path, state in states.items())


def main() -> None:
    """Import the modules that the command line names, and print the states of what was read."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    states: States = {}

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100  # keeps links
            made = path.startswith(_OF_THE_KERNEL) or path.endswith(_COMPILED)
            if not (made or (arguments[2] or 0) & _WRITING):
                states.setdefault(path, state_of(path))

    sys.addaudithook(note)
    for name in sys.argv[1:]:
        with contextlib.suppress(ImportError):  # as the server, which goes on
            __import__(name)
    for path in _installed():
        states.setdefault(path, state_of(path))
    json.dump(states, out)
    out.flush()
    os._exit(0)  # whatever was imported need not end well


def _installed() -> Iterator[str]:
    """Where modules came from, and where others would have come from."""
    for module in [*sys.modules.values()]:
        space = getattr(module, "__dict__", {})
        if isinstance(file := space.get("__file__"), str):
            yield os.path.abspath(file)  # noqa: PTH100
            yield os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120
    for folder in filter(None, sys.path):
        yield os.path.abspath(folder)  # noqa: PTH100
        yield from map(str, Path(folder).glob("*.pth"))
    yield os.path.join(sys.prefix, "pyvenv.cfg")  # noqa: PTH118
    yield from map(str, _PACKAGE.rglob("*.py"))
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:  # noqa: PTH123
        for line in maps:
            *_, path = line.rstrip("\n").split(None, 5)
            if path.startswith("/") and state_of(path) != ABSENT:
                yield path


if __name__ == "__main__":
    main()
