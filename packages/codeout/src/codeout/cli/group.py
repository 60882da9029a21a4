"""The group of commands: each ends with one message if it fails or is stopped."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

import click

from codeout.cli.exit_status import FAILED, INTERRUPTED
from codeout.cli.say import say
from codeout.errors import CodeoutError, ConfigError, describe_oserror, display_path

NAMES: Final = (
    *("adopt", "badge", "check", "clean", "export", "fetch", "init", "lock"),
    *("lsp", "matrix", "run", "schema", "site", "stability", "status", "warm", "watch"),
)
"""The commands; each has a module with its name."""

_STDERR: Final = 2
_TOO_MANY: Final = frozenset({errno.EMFILE, errno.ENFILE})


class Commands(click.Group):
    """Reports errors on standard error, and exits with 2 for an error, 130 for Ctrl-C.

    A command is loaded when it is asked for, so that none waits for what another one needs.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the commands, for the help and for suggestions."""
        super().__init__(*args, **options)
        self.commands = {name: click.Command(name) for name in NAMES}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with a name."""
        del ctx
        if cmd_name not in self.commands:
            return None
        module = import_module(f"codeout.cli.commands.{cmd_name}")
        return cast("click.Command", getattr(module, cmd_name))

    def main(self, *args: Any, **options: Any) -> Any:
        """Start again without ``PYTHONINSPECT``, by which Python would not end with a status."""
        if sys.flags.inspect and os.environ.pop("PYTHONINSPECT", ""):
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  # itself
        try:
            return super().main(*args, **options)
        except OSError as error:
            say(f"codeout: {_told(error)}", error=True)
            sys.exit(FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and report what ends it."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # or pages would outlive it
        try:
            _check_surroundings()
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # here, where an error is reported
        except CodeoutError as error:
            say(f"codeout: {error}", error=True)
            ctx.exit(FAILED)
        except KeyboardInterrupt:
            message = "stopped"
            if ctx.invoked_subcommand == "run":
                message += "; finished pages are written, the others are as they were"
            say(message, error=True)
            ctx.exit(INTERRUPTED)


def _check_surroundings() -> None:
    """Check what every command needs, before it does anything.

    Raises:
        ConfigError: The current folder is gone, or standard output is closed.
    """
    if sys.stderr is None:
        sys.stderr = open(_beyond_streams(), "w", encoding="utf-8")  # noqa: SIM115  # until the end
    if sys.stdout is None:
        raise ConfigError("standard output is closed", "let it go to a file, or to /dev/null")
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise ConfigError("the current folder is gone", "change into one that is there") from error


def _beyond_streams() -> int:
    """A handle of the null file that takes the place of no standard stream."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        pass
    return handle


def _told(error: OSError) -> str:
    """Where an error of the system has happened, and which."""
    if error.errno in _TOO_MANY:
        return "too many files are open; raise the limit (`ulimit -n`)"
    if error.filename is not None:
        return f"{display_path(Path(error.filename))}: {describe_oserror(error)}"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would try again at its end
    return f"standard output: {describe_oserror(error)}"
