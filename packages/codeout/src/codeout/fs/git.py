"""Calls git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class GitError(Exception):
    """git is not installed, or ended with an error; the text says which."""


def git(folder: Path, *words: str) -> bytes:
    """What a command of git prints.

    Args:
        folder: Where it runs.
        words: The command.

    Raises:
        GitError: git is not installed, or the command failed.
    """
    try:
        done = subprocess.run(  # noqa: S603  # these words alone
            ["git", *words],  # noqa: S607  # the user's own git
            cwd=folder,
            check=True,
            capture_output=True,
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed") from error
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.decode(errors="replace").split())
        raise GitError(said or f"git ended with status {error.returncode}") from error
    return done.stdout
