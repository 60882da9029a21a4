"""Temporary folders that are removed with their process, even if it is killed."""

from __future__ import annotations

import atexit
import os
import secrets
import subprocess
import tempfile
from pathlib import Path
from typing import Final

_REMOVE: Final = 'read -r _; rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }'


def make_tempdir(longest: int = 4000) -> Path:
    """Make a temporary folder that is removed when this process ends, even if it is killed.

    A shell waits for the end of a pipe whose other end only this process holds, and then removes
    the folder. It is started before the folder is made, so the folder is never left behind.

    Args:
        longest: How many bytes the path may have; a longer one is replaced by one in ``/tmp``.

    Raises:
        OSError: The folder cannot be made.
    """
    folder = Path(tempfile.gettempdir()).resolve() / f"codeout-{secrets.token_hex(4)}"
    if len(os.fsencode(folder)) > longest:
        folder = Path("/tmp", folder.name)  # noqa: S108  # no other place has a short name
    remover = subprocess.Popen(  # noqa: S603  # all arguments are ours
        ["/bin/sh", "-c", _REMOVE, "sh", str(folder)],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # signals of the terminal must not reach it
    )
    atexit.register(_wait_for_removal, remover)
    folder.mkdir(mode=0o700)
    return folder


def _wait_for_removal(remover: subprocess.Popen[bytes]) -> None:
    """Close the pipe and wait until the folder is removed."""
    remover.communicate()
