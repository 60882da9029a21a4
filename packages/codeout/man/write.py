# noqa: INP001  # a script
"""Writes ``codeout.1``, the manual page, from what the commands say of themselves.

``python packages/codeout/man/write.py`` after a change of an option. click-man knows no commands
that are loaded when they are asked for, and writes no arguments.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from codeout.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = Path(__file__).with_name("codeout.1")
VERSION: Final = re.compile(r'^version = "(.+)"$', re.MULTILINE)
REST: Final = r"""
.SH EXIT STATUS
.TP
.B 0
All is well.
.TP
.B 1
An output differs, a page failed, or a page is stale where that was asked for.
.TP
.B 2
The command could not do its work: the settings, the command line or the system.
.TP
.B 130
Ctrl\-C.
.SH FILES
.TP
.I pyproject.toml
The settings, in the table [tool.codeout].
.TP
.I codeout.lock
What the outputs of each page were made with.
"""


def manual() -> str:
    """The page in the language of ``man``."""
    package = (PAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    found = VERSION.search(package)
    version = found[1] if found else ""
    context = click.Context(main, info_name="codeout", **main.context_settings)
    about = _text(main.help or "")
    name = about[0].lower() + about[1:].rstrip(".")
    lines = [
        f'.TH CODEOUT 1 "" "codeout {version}" "User Commands"',
        *(".SH NAME", rf"codeout \- {name}"),
        *(".SH SYNOPSIS", ".B codeout", _text(" ".join(main.collect_usage_pieces(context)))),
        *(".SH DESCRIPTION", about, *_options(context)),
        ".SH COMMANDS",
    ]
    for each in _commands(context):
        usage = " ".join([each.command_path, *each.command.collect_usage_pieces(each)])
        lines += [f".SS {_text(usage)}", _text(each.command.help or ""), *_options(each)]
    return "\n".join(lines) + REST


def _commands(context: click.Context) -> Iterator[click.Context]:
    """The contexts of all commands below one, in the order of the help."""
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command and not command.hidden:
            inner = click.Context(command, parent=context, info_name=name)
            yield inner
            yield from _commands(inner)


def _options(context: click.Context) -> Iterator[str]:
    shown = context.command.params if context.parent else context.command.get_params(context)
    records = (each.get_help_record(context) for each in shown if isinstance(each, click.Option))
    for names, what in filter(None, records):
        yield from (".TP", rf"\fB{_text(names)}\fP", _text(what))


def _text(text: str) -> str:
    """A text of which nothing is a command of ``man``."""
    paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
    escaped = (each.replace("\\", r"\e").replace("-", r"\-") for each in paragraphs)
    return "\n.PP\n".join(rf"\&{each}" if each.startswith((".", "'")) else each for each in escaped)


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
