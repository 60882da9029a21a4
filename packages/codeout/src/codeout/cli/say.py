"""Everything that the commands print: through here alone, so that nothing in it acts.

What is printed may quote a page, a file's name or a setting that somebody else wrote. Control
characters would command the terminal, and some lines GitHub's runner.
"""

from __future__ import annotations

import sys

from codeout.cli.github import commands_stopped
from codeout.text.escape import escape


def say(text: str, *, error: bool = False) -> None:
    """Print a text, escaped, and end its last line.

    Args:
        text: The text, which may have several lines.
        error: Whether it goes to standard error.
    """
    show(f"{escape(text)}\n", error=error)


def show(lines: str, *, error: bool = False) -> None:
    """Print lines that are escaped already, and may have colors."""
    stream = sys.stderr if error else sys.stdout
    with commands_stopped(lines, stream):
        stream.write(lines)
    if error:
        stream.flush()


def give(content: str) -> None:
    """Print what was asked for, such as JSON or an exported page, as it is."""
    sys.stdout.write(content)
