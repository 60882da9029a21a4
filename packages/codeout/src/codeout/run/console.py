"""Runs commands as if they were typed in one shell, each in a bash of its own.

What a command leaves in its shell is kept as text that the next one reads: the folder, variables,
functions, aliases and options. So there is no process between two commands that would have to be
forked with a live page, and nothing that a command prints or reads can be taken for the end of it.
"""

from __future__ import annotations

import fcntl
import pty
import re
import shutil
import struct
import subprocess
import termios
from os import close, read, write  # by name: a page may replace the functions of modules
from select import select
from shlex import quote
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "-bash"
"""What bash calls itself, as in a terminal, so that its messages differ from those of another."""

_SCRIPT: Final = """\
shopt -s expand_aliases
{{ . {before}; }} 2>/dev/null
trap {keep} EXIT
(exit {status})
eval {command}
"""
_KEEP: Final = """\
{{
  printf 'cd %q\\n' "$PWD"
  builtin declare -p
  builtin declare -f
  builtin alias -p
  builtin shopt -p
  builtin set +o
  builtin umask -p
}} >{after} 2>/dev/null
"""
_NOT_KEPT: Final = re.compile(rb"^set -o (?:errexit|xtrace|verbose)\n", re.MULTILINE)
"""Options that would show, or end, how commands are run here."""

_SIZE: Final = struct.pack("4H", 24, 80, 0, 0)
_WAIT_SECONDS: Final = 0.05


class Console:
    """The shell of a page.

    Args:
        folder: A folder for its files, which need not exist.
        work: The folder where it starts.
    """

    def __init__(self, folder: Path, work: Path) -> None:
        self._folder = folder
        self._work = work
        self.restart()

    def restart(self) -> None:
        """Begin with a new shell."""
        self._state = b""
        self._status = 0

    def run(self, command: str) -> int:
        """Run a command, which prints to standard output as to a terminal.

        Returns:
            The status that it ended with.

        Raises:
            OSError: There is no bash.
        """
        bash = shutil.which("bash")
        if bash is None:
            raise OSError("commands need bash, which is not on this machine")
        self._folder.mkdir(exist_ok=True)
        before, after = self._folder / "before", self._folder / "after"
        before.write_bytes(self._state)
        after.unlink(missing_ok=True)
        script = _SCRIPT.format(
            before=quote(str(before)),
            keep=quote(_KEEP.format(after=quote(str(after)))),
            status=self._status,
            command=quote(command),
        )
        arguments = [bash, "--noprofile", "--norc", "-c", script, NAME]
        self._status = _run_in_terminal(arguments, self._work)
        left = after.read_bytes() if after.exists() else b""  # one that was killed leaves none
        self._state = _NOT_KEPT.sub(b"", left)
        return self._status


def _run_in_terminal(arguments: list[str], folder: Path) -> int:
    """Run a program in a terminal of its own, and copy what it shows to standard output.

    Nobody types there: its standard input is empty.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, _SIZE)
    process = subprocess.Popen(  # noqa: S603  # the page asks for it
        arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    close(theirs)
    try:
        _copy(ours, process)
    finally:
        close(ours)
    return process.wait()


def _copy(terminal: int, process: subprocess.Popen[bytes]) -> None:
    """Copy until the program has ended, even if others that it left behind hold the terminal."""
    while True:
        ready, _, _ = select([terminal], [], [], _WAIT_SECONDS)
        if ready:
            try:
                data = read(terminal, 1 << 16)
            except OSError:  # on Linux, once nobody holds the other end
                return
            if not data:
                return
            write(1, data)
        elif process.poll() is not None:
            return
