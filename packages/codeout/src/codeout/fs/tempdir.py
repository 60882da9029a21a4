"""Temporary folders that pass with their process, even where it is killed."""

from __future__ import annotations

import atexit
import secrets
import subprocess
import tempfile
from pathlib import Path
from typing import Final

_REMOVE: Final = 'read -r _; rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }'


def make_tempdir() -> Path:
    """Make a temporary folder that is removed when this process ends, however it ends.

    A shell stands ready to remove it before it is made, so that there is no moment at which
    nobody would. What the shell waits for is the end of a pipe that this process alone holds.

    Raises:
        OSError: It cannot be made.
    """
    folder = Path(tempfile.gettempdir()).resolve() / f"codeout-{secrets.token_hex(4)}"
    remover = subprocess.Popen(  # noqa: S603  # nothing of it comes from outside
        ["/bin/sh", "-c", _REMOVE, "sh", str(folder)],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # what the terminal sends is not meant for it
    )
    atexit.register(_let_go, remover)
    folder.mkdir(mode=0o700)
    return folder


def _let_go(remover: subprocess.Popen[bytes]) -> None:
    """Have a folder removed, and see that it is."""
    remover.communicate()
