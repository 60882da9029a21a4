"""Exported cells as a script in the percent format, which editors run cell by cell.

Python runs it from top to bottom: an error that a page means to show is caught and printed, and
what only IPython understands is turned into a comment.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from codeout.export import Code, Prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.export import Cell

_MAGIC: Final = re.compile(r"\s*(?:[%!?]|[\w., ]+= *[%!]|.*\?\s*$)")
_ALL: Final = {"BaseException", "KeyboardInterrupt", "SystemExit"}
_CAUGHT: Final = """\
except {name} as _error:
    print(f"{{type(_error).__name__}}: {{_error}}")"""


def as_script(cells: Sequence[Cell]) -> str:
    """A script that runs through."""
    return "\n\n".join(map(_cell, cells)) + "\n"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Prose):
        return f"# %% [markdown]\n{_comment(cell.text)}"
    tags = ' tags=["raises-exception"]' if cell.raises else ""
    return f"# %%{tags}\n{_python(cell)}"


def _python(cell: Code) -> str:
    """Code that Python takes, and that does not end the script."""
    source = cell.source
    if not _parses(source) and not source.lstrip().startswith("%%"):
        lines = source.split("\n")
        source = "\n".join(_comment(line) if _MAGIC.match(line) else line for line in lines)
    if not _parses(source):
        return _comment(cell.source)
    if not cell.raises or not ast.parse(source).body:
        return source
    name = "BaseException" if cell.raises.rpartition(".")[2] in _ALL else "Exception"
    return f"try:\n{_inner(source)}\n{_CAUGHT.format(name=name)}"


def _parses(source: str) -> bool:
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _inner(source: str) -> str:
    """Indent code, except for the lines inside of its strings."""
    within = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno
        for line in range(node.lineno + 1, node.end_lineno + 1)
    }
    lines = enumerate(source.split("\n"), start=1)
    return "\n".join(
        f"    {line}" if line.strip() and number not in within else line for number, line in lines
    )


def _comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in re.split(r"\r\n?|\n", text))
