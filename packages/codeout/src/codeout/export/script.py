"""Exported cells as a script in the percent format, which editors run cell by cell.

Python runs it from top to bottom: an error that a page means to show is caught and printed, and
what only IPython understands is turned into a comment.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from codeout.export.cells import Code, Prose
from codeout.run.magics import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.export.cells import ExportCell

_ALL: Final = {"BaseException", "KeyboardInterrupt", "SystemExit"}
_CAUGHT: Final = """\
except {name} as _error:
    print(f"{{type(_error).__name__}}: {{_error}}")"""


def as_script(cells: Sequence[ExportCell]) -> str:
    """A script that runs through."""
    taken = [_without_futures(cell) for cell in cells]
    names = dict.fromkeys(name for _, futures in taken for name in futures)
    first = [Code(f"from __future__ import {', '.join(names)}")] if names else []
    return "\n\n".join(map(_cell, [*first, *(cell for cell, _ in taken)])) + "\n"


def _without_futures(cell: ExportCell) -> tuple[ExportCell, list[str]]:
    """Take out imports from ``__future__``, which Python wants first; return the names as well."""
    if isinstance(cell, Prose) or "__future__" not in cell.source:
        return cell, []
    source = _without_commands(cell.source)
    if source is None:
        return cell, []
    lines, names = source.split("\n"), []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            names += [alias.name for alias in node.names]
            for at in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[at] = _comment(lines[at])
    return replace(cell, source="\n".join(lines)), names


def _cell(cell: ExportCell) -> str:
    if isinstance(cell, Prose):
        return f"# %% [markdown]\n{_comment(cell.text)}"
    tags = ' tags=["raises-exception"]' if cell.raises else ""
    return f"# %%{tags}\n{_python(cell)}"


def _python(cell: Code) -> str:
    """Code that Python takes, and that does not end the script."""
    source = _without_commands(cell.source)
    if source is None:
        return _comment(cell.source)
    if not cell.raises or not ast.parse(source).body:
        return source
    name = "BaseException" if cell.raises.rpartition(".")[2] in _ALL else "Exception"
    return f"try:\n{_inner(source)}\n{_CAUGHT.format(name=name)}"


def _without_commands(source: str) -> str | None:
    """Turn commands of IPython into comments; None if that does not make it Python."""
    translation = translate(source)
    if translation.cell_magic:
        return None
    lines, written = translation.python.split("\n"), source.split("\n")
    for first, last in translation.commands:
        lines[first - 1 : last] = map(_comment, written[first - 1 : last])
    python = "\n".join(lines)
    return python if _is_python(python) else None


def _is_python(source: str) -> bool:
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
