"""The command that finishes what a generator has built."""

from __future__ import annotations

import shlex
import shutil
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

_OF_SHELLS: Final = "();<>|&"


def words_of(command: str, root: Path) -> list[str]:
    """The words of a command, as a shell would split it.

    Args:
        command: One program and its arguments; nothing for no command.
        root: The folder that it runs in.

    Raises:
        ConfigError: It is no command, or there is no such program.
    """
    lexer = shlex.shlex(command, posix=True, punctuation_chars=_OF_SHELLS)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        words = [*lexer]
    except ValueError as error:  # such as a quote that does not close
        message = f"`--then` is no command: {str(error).lower()}"
        raise ConfigError(message, "write it as for a shell") from error
    if signs := [word for word in words if not word.strip(_OF_SHELLS)]:
        message = f"`--then` is one command, which no shell reads: {signs[0]}"
        raise ConfigError(message, "write a script, or `sh -c '...'`")
    if words and shutil.which(root / words[0] if "/" in words[0] else words[0]) is None:
        message = f"`--then` names {words[0]}: no such program"
        raise ConfigError(message, "paths are relative to the folder of the site")
    return words
