"""A process beside the watch, which ends with it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from codeout.run.reaper import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_END_SECONDS: Final = 5.0


def start(
    module: str, words: Sequence[str], root: Path, environment: Mapping[str, str], pipe: int | None
) -> subprocess.Popen[bytes]:
    """Start a module of Python in the folder of the site.

    Args:
        module: The name of the module.
        words: Its arguments.
        root: The folder.
        environment: Variables besides those of this process.
        pipe: ``subprocess.PIPE`` to talk with it, None to leave it the terminal.
    """
    return subprocess.Popen(  # noqa: S603  # no part of the command comes from outside
        [sys.executable, "-P", "-m", module, *words],
        cwd=root,
        env={**os.environ, "CODEOUT_STALE": "ignore", **environment},  # a stale page runs right now
        stdin=pipe,
        stdout=pipe,
        preexec_fn=_follow_parent,  # noqa: PLW1509  # it only makes two system calls
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process, by force if it takes its time."""
    process.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_END_SECONDS)
    process.kill()
    process.wait()


def _follow_parent() -> None:
    """End with the parent, and on Ctrl-C, which processes in the background may ignore."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
