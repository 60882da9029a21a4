"""What git has to know, so that it merges the lock by itself."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.fs.git import GitError, git

if TYPE_CHECKING:
    from pathlib import Path

KEY: Final = "merge.codeout.driver"
_OURS: Final = re.compile(r"^[^#\n]*\smerge=codeout\b", re.MULTILINE)


def repository_of(folder: Path) -> Path | None:
    """The top folder of the repository that a folder is in; None without one."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def with_driver(attributes: str, lock: str) -> str:
    """A ``.gitattributes`` that names the driver for the lock; the same if it does so already."""
    if _OURS.search(attributes):
        return attributes
    newline = "\r\n" if "\r\n" in attributes else "\n"
    gap = newline * (attributes != "" and not attributes.endswith("\n"))
    return f"{attributes}{gap}{_pattern(lock)} merge=codeout{newline}"


def driver_of(root: Path) -> str:
    """The driver that a clone has for the lock; empty if it has none.

    Raises:
        ConfigError: The folder is in no repository, or git does not work there.
    """
    if repository_of(root) is None:
        raise ConfigError("this folder is in no repository of git", "call `git init` first")
    return _git(root, "config", "--local", "--default", "", "--get", KEY).strip()


def set_driver(root: Path) -> None:
    """Set the driver of a clone.

    Raises:
        ConfigError: git cannot write its settings.
    """
    program = ["codeout"] if shutil.which("codeout") else [sys.executable, "-P", "-m", "codeout"]
    _git(root, "config", "--local", KEY, shlex.join([*program, "lock", "merge", "%O", "%A", "%B"]))


def _pattern(name: str) -> str:
    """A pattern of git that matches one name alone."""
    pattern = re.sub(r"([\\*?\[])", r"\\\1", name)
    return json.dumps(pattern, ensure_ascii=False) if re.search(r'[\s"]', pattern) else pattern


def _git(root: Path, *words: str) -> str:
    try:
        return git(root, *words).decode(errors="replace")
    except GitError as error:
        raise ConfigError(f"git cannot set its merge driver: {error}") from error
