"""Starts and stops resident servers."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.fs.flock import exclusive
from codeout.resident.client import find
from codeout.resident.fingerprint import fingerprint
from codeout.resident.protocol import STOP
from codeout.resident.sockets import SECONDS, connect, make_folder, path_of, paths_of
from codeout.run.interpreter import own_flags

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.run.job import Limits

_LINUX: Final = "linux"


def start(root: Path, limits: Limits, idle: float) -> bool:
    """Start a server for a project, unless there is one, and wait until it is ready.

    Args:
        root: The folder of the project.
        limits: How its pages are run.
        idle: Seconds after which the server ends if nobody comes.

    Returns:
        Whether there was none.

    Raises:
        ConfigError: It cannot be started.
    """
    if sys.platform != _LINUX:
        raise ConfigError("`codeout warm` needs Linux", "run pages without it")
    with exclusive(make_folder(), lambda _: None):
        if known := find(root, limits):
            known.close()
            return False
        here = fingerprint(root, limits)
        path = path_of(root, here)
        _start([path, here, root, limits, idle])
        return True


def _start(told: list[object]) -> None:
    """Start the process of a server, and wait for what it tells."""
    process = subprocess.Popen(  # noqa: S603  # itself
        [sys.executable, *own_flags(), "-P", "-m", "codeout.resident"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what it starts would hold it open
        restore_signals=False,
        start_new_session=True,
    )
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    try:
        with process.stdin, process.stdout:
            pickle.dump(told, process.stdin)
            process.stdin.flush()
            found = json.loads(process.stdout.readline() or "{}")
    except BaseException:
        process.kill()
        raise
    if found.get("ready"):
        process.returncode = 0  # it stays, and is none of ours any more
        return
    process.wait()
    message = found.get("message", "the warm server ended before it was ready")
    raise ConfigError(message, found.get("hint", "run pages without it"))


def stop(root: Path) -> int:
    """Stop all servers of a project; pages that run there go on to their end.

    Returns:
        How many there were.
    """
    stopped = 0
    for path in paths_of(root):
        try:
            with connect(path) as line:
                line.send_bytes(STOP)
                stopped += line.poll(SECONDS) and line.recv_bytes(len(STOP)) == STOP
        except ConnectionRefusedError:  # it was killed
            path.unlink(missing_ok=True)
        except (OSError, EOFError):
            pass
    return stopped
