"""Workflow commands of GitHub Actions: annotations of lines, and text that is no command."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sys
from typing import IO, TYPE_CHECKING, Final

from codeout.text.escape import escape, escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeout.errors import Problem

_COMMAND: Final = re.compile(r"^\s*::|##\[", re.MULTILINE)
"""What the runner may take for a command, see ``toolkit/docs/commands.md`` of its authors."""


def on_github() -> bool:
    """Whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


@contextlib.contextmanager
def commands_stopped(text: str, stream: IO[str]) -> Iterator[None]:
    """Have GitHub's runner follow no command in what is printed inside the context.

    A random token, which no page can guess, ends this again.

    Args:
        text: What will be printed; nothing is done if it holds no command.
        stream: Where it will be printed; the runner reads each stream on its own.
    """
    if not (on_github() and _COMMAND.search(text)):
        yield
        return
    token = secrets.token_hex(16)
    stream.write(f"::stop-commands::{token}\n")
    try:
        yield
    finally:
        stream.write(f"::{token}::\n")


def annotate(problems: Iterable[Problem], level: str = "error") -> None:
    """Print annotations for the lines of problems, if GitHub runs the command.

    Args:
        problems: What to say, and of which lines.
        level: ``error`` or ``notice``.
    """
    if on_github():
        sys.stdout.writelines(annotation(problem, level) for problem in problems)


def annotation(problem: Problem, level: str = "error") -> str:
    """A problem as a workflow command, with its line's end."""
    text = "\n".join(part for part in (problem.message, problem.hint, problem.detail) if part)
    data = escape(text).replace("%", "%25").replace("\n", "%0A")
    path = escape_line(problem.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path},line={max(1, problem.line)},title=codeout::{data}\n"
