"""The group of commands: each ends with one message if it fails or is stopped."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any, Final

import click

from codeout.errors import CodeoutError, describe_oserror, display_path
from codeout.text.escape import escape

_FAILED: Final = 2
_INTERRUPTED: Final = 130


class Commands(click.Group):
    """Reports errors on standard error, and exits with 2 for an error, 130 for Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and report what ends it."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # or pages would outlive it
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # here, where an error is reported
        except CodeoutError as error:
            click.echo(escape(f"codeout: {error}"), err=True)
            ctx.exit(_FAILED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # left to click
                raise
            if error.filename is None:
                place = "standard output"
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would try again at its end
            else:
                place = display_path(Path(error.filename))
            click.echo(f"codeout: {place}: {describe_oserror(error)}", err=True)
            ctx.exit(_FAILED)
        except KeyboardInterrupt:
            message = "stopped"
            if ctx.invoked_subcommand == "run":
                message += "; finished pages are written, the others are as they were"
            click.echo(message, err=True)
            ctx.exit(_INTERRUPTED)
