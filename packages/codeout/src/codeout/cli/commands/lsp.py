"""The command ``codeout lsp``: the language server for editors."""

from __future__ import annotations

import click

from codeout.cli.options import SANDBOX, offline_option
from codeout.errors import ConfigError
from codeout.run.job import Isolation


@click.command()
@offline_option(offline=True)
@SANDBOX
def lsp(*, offline: bool, sandbox: bool) -> None:
    """Serve an editor: mark what is not true, and run pages up to a block."""
    try:
        from codeout.lsp.server import serve
    except ModuleNotFoundError as error:
        hint = 'install it into this Python: `pip install "codeout[lsp]"`'
        raise ConfigError("`codeout lsp` needs pygls", hint) from error
    serve(Isolation(offline=offline, sandbox=sandbox))
