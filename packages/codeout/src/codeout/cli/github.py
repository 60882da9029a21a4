"""Annotations that GitHub Actions reads in what is printed, and text that is no command."""

from __future__ import annotations

import contextlib
import re
import sys
from typing import IO, TYPE_CHECKING, Final

from codeout.engine.annotation import annotation, on_github

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeout.errors import Problem

_COMMAND: Final = re.compile(r"^\s*::|##\[", re.MULTILINE)
"""What the runner may take for a command, see ``toolkit/docs/commands.md`` of its authors."""


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
    import secrets  # most commands do without it, and it takes a while

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
